package io.belay.it.storm;

/** One boundary call of one run, as the application and the database saw it. */
final class Call {
  /** What is called. */
  enum Kind {
    HTTP("http", ""),
    INSERT("sql", "INSERT"),
    COMMIT("commit", "COMMIT");

    /** The word of the report. */
    final String word;

    private final String statement;

    Kind(String word, String statement) {
      this.word = word;
      this.statement = statement;
    }

    boolean counts(String sql) {
      return this != HTTP && sql != null && sql.startsWith(statement);
    }
  }

  final Kind kind;
  final int number;

  /** When the application was about to make it. */
  final long begun = Clock.tick();

  /** Whether the database has begun to execute it. */
  volatile boolean arrived;

  /** When the database had executed it; 0 while it has not. */
  volatile long served;

  /** Whether it threw what Belay throws. */
  volatile boolean refused;

  /** Whether it inserts into an open transaction, which {@link #commit} is to end. */
  volatile boolean open;

  volatile Call commit;

  Call(Kind kind, int number) {
    this.kind = kind;
    this.number = number;
  }
}
