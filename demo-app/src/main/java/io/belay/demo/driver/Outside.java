package io.belay.demo.driver;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.sql.SQLException;
import java.util.function.BooleanSupplier;

/**
 * One research as the world sees it: through the provider's ledger and the rows in the database.
 */
final class Outside {
  /** Longer than the application ever pauses between two things it does outside. */
  private static final long QUIET_MILLIS = 1500;

  private static final long WATCH_MILLIS = 30_000;
  private static final long WORD_EVERY_MILLIS = 2000;

  private final Http http = new Http();
  private final String provider;
  private final Database database;
  private final String id;

  Outside(String provider, Database database, String id) {
    this.provider = provider;
    this.database = database;
    this.id = id;
  }

  /**
   * What was seen from a moment on.
   *
   * @param requests requests of both kinds
   * @param lastAt when the last thing happened, in milliseconds since the epoch
   * @param open whether a request is still being served
   */
  record Seen(JsonNode ledger, int tokens, int requests, int rows, long lastAt, boolean open) {
    String told(int rowsBefore) {
      return tokens + " tokens, " + requests + " requests, " + (rows - rowsBefore) + " rows";
    }
  }

  /** Looks at everything since a moment, 0 for all of it; the rows are all of it always. */
  Seen look(long since) throws IOException, SQLException {
    Http.Answer answer = http.get(provider + "/ledger?since=" + since);
    JsonNode ledger = answer.body();
    if (answer.status() != 200) {
      throw new IOException("the ledger answered " + answer);
    }
    return new Seen(
        ledger,
        ledger.path("tokens").asInt(),
        ledger.path("llmRequests").asInt() + ledger.path("httpRequests").asInt(),
        database.rows(id),
        ledger.path("lastActivityAt").asLong(),
        ledger.path("openRequests").asInt() > 0);
  }

  /** Counts the sub-agents' answers of a turn that are open or completed, and long enough. */
  int answers(int turn, String outcome, int minTokens) throws IOException, SQLException {
    int answers = 0;
    for (JsonNode request : look(0).ledger().path("requests")) {
      boolean counts =
          request.path("scene").asText().equals("investigate")
              && request.path("turn").asInt() == turn
              && request.path("outcome").asText().equals(outcome)
              && request.path("tokens").asInt() >= minTokens;
      answers += counts ? 1 : 0;
    }
    return answers;
  }

  /**
   * Watches until nothing has happened for a while, for a bounded time.
   *
   * @param before what was seen just before Stop was pressed
   * @param answered tells whether Stop has been answered; there is no quiet before
   */
  AfterStop watch(long stop, Seen before, BooleanSupplier answered, Progress progress)
      throws IOException, SQLException {
    int rows = before.rows();
    long rowsAt = 0;
    long nextWord = stop + WORD_EVERY_MILLIS;
    while (true) {
      Seen seen = look(stop);
      long now = System.currentTimeMillis();
      rowsAt = seen.rows() == rows ? rowsAt : now;
      rows = seen.rows();
      long lastAt = Math.max(stop, Math.max(seen.lastAt(), rowsAt));
      boolean quiet = answered.getAsBoolean() && !seen.open() && now - lastAt > QUIET_MILLIS;
      if (quiet || now > stop + WATCH_MILLIS) {
        return new AfterStop(
            seen.tokens(),
            seen.ledger().path("llmRequests").asInt(),
            seen.ledger().path("httpRequests").asInt(),
            rows - before.rows(),
            answers(Story.LAST_TURN, "completed", 0),
            Story.SUB_AGENTS,
            lastAt - stop,
            quiet,
            seen.ledger().path("usd").asDouble());
      }
      if (now > nextWord) {
        nextWord = now + WORD_EVERY_MILLIS;
        progress.say("since Stop: " + seen.told(before.rows()));
      }
      Pause.millis(50);
    }
  }
}
