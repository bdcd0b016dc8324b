package io.belay.agent.boundary;

/**
 * One library's call sites. Holds names only: no branch, no import of the library. Its Javadoc
 * states the blast radius of an abort.
 */
public interface Boundary {
  /** Its name in the configuration ({@code belay.boundary.<name>}) and in reports. */
  String name();

  /** Names the call sites. Called once, before anything is woven. */
  void declare(Sites sites);
}
