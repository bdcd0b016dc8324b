package io.belay.boot;

/**
 * A call that whoever asked for it may take back: known by its session, compared by identity, and
 * by its id there.
 */
public final class Called {
  private final Object session;
  private final Object id;

  /** What is called, or why it is taken back, for people; may be empty. */
  public final String text;

  /** The call {@code id} of {@code session}. */
  public Called(Object session, Object id, String text) {
    this.session = session;
    this.id = id;
    this.text = text;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Called that && session == that.session && id.equals(that.id);
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(session) * 31 + id.hashCode();
  }
}
