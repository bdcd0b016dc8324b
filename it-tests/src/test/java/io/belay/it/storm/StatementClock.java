package io.belay.it.storm;

import java.sql.SQLException;
import org.h2.api.DatabaseEventListener;

/**
 * The database's own word on when it was at a statement. H2 calls it on the thread that executes,
 * for every statement and for {@code COMMIT}, so it is behind everything that Belay weaves.
 */
public final class StatementClock implements DatabaseEventListener {
  private static final ThreadLocal<Call> AT = new ThreadLocal<>();

  /** From now on, what the current thread executes belongs to {@code call}; null for none. */
  static void at(Call call) {
    if (call == null) {
      AT.remove();
    } else {
      AT.set(call);
    }
  }

  @Override
  public void setProgress(int state, String name, long done, long all) {
    Call call = AT.get();
    if (call == null || !call.kind.counts(name)) {
      return;
    }
    if (state == STATE_STATEMENT_START) {
      call.arrived = true;
    } else if (state == STATE_STATEMENT_END) {
      call.served = Clock.tick();
    }
  }

  @Override
  public void init(String url) {}

  @Override
  public void opened() {}

  @Override
  public void exceptionThrown(SQLException e, String sql) {}

  @Override
  public void closingDatabase() {}
}
