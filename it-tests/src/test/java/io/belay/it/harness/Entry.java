package io.belay.it.harness;

/** Where an application's work begins: the method that {@code belay.run.entrypoints} names. */
public final class Entry {
  static final String PATTERN = "io.belay.it.harness.Entry#run(id=0)";

  private Entry() {}

  /** Does {@code app}'s work as run {@code id}. */
  @SuppressWarnings("unused") // the id is for the agent, which reads it from the argument
  public static String run(String id, App app, String... args) throws Exception {
    return app.run(args);
  }
}
