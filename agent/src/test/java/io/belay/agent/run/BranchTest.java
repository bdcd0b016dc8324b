package io.belay.agent.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.belay.api.RunStoppedException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.XAConnection;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.junit.jupiter.api.Test;

/** A branch of a distributed transaction whose resource is an object of its own, as Derby's is. */
class BranchTest {
  private final Bench bench = new Bench();
  private final List<String> asked = new ArrayList<>();
  private final Connection connection = thing(Connection.class);
  private final Statement statement = thing(Statement.class);
  private final XAConnection session = thing(XAConnection.class);
  private final XAResource resource = thing(XAResource.class);
  private final SqlSite executes =
      new SqlSite(
          bench.runs.gatekeeper(),
          "jdbc",
          "Statement.execute",
          SqlSite.Source.ARGUMENT,
          new StatementTexts(),
          rows -> {},
          (self, args, thread) -> {});
  private final CommitSite prepares = ends(Ending.XA_PREPARE);
  private final CommitSite closes = ends(Ending.CLOSE);

  BranchTest() {
    bench.runs.gatekeeper().take(executes);
  }

  private CommitSite ends(Ending ending) {
    CommitSite site = new CommitSite(bench.runs, "jdbc", ending.toString(), ending, null);
    bench.runs.gatekeeper().take(site);
    return site;
  }

  private <T> T thing(Class<T> type) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, args) -> {
              asked.add(method.getName());
              return switch (method.getName()) {
                case "unwrap", "getConnection" -> connection;
                case "getAutoCommit", "isClosed" -> false;
                case "hashCode" -> System.identityHashCode(self);
                case "equals" -> self == args[0];
                default -> null;
              };
            }));
  }

  /** A branch that a run has written to which is stopped now, and goes on. */
  private Frame written() {
    Transactions.branched(resource);
    Frame frame = bench.open("a");
    Object[] args = {"INSERT INTO t VALUES (1)"};
    Object ticket = bench.runs.gatekeeper().enter(executes.number(), statement, args);
    bench.runs.gatekeeper().exit(ticket, true, null);
    bench.stop(frame.run);
    asked.clear();
    return frame;
  }

  @Test
  void whoeverPreparesItIsRefusedAndToldWhyThoughTheResourceWasAskedForFirst() {
    Transactions.belongs(session, resource);
    Transactions.belongs(session, connection);
    written().exit(null, null);
    bench.leave();

    Object[] args = {thing(Xid.class)};
    XAException told =
        assertThrows(
            XAException.class,
            () -> bench.runs.gatekeeper().enter(prepares.number(), resource, args));
    assertEquals(XAException.XA_RBROLLBACK, told.errorCode);
    assertInstanceOf(RunStoppedException.class, told.getCause());
    assertEquals(List.of("rollback"), asked);
    assertEquals(List.of(), bench.faults);
  }

  /** Managers of transactions say loudly that a connection of theirs may not be rolled back. */
  @Test
  void aConnectionThatIsClosedLeavesItsBranchToTheManager() {
    Transactions.belongs(session, connection);
    Transactions.belongs(session, resource);
    Frame frame = written();

    assertNull(bench.runs.gatekeeper().enter(closes.number(), connection, new Object[0]));
    assertEquals(List.of(), asked);
    frame.exit(null, null);
    bench.leave();
    assertEquals(List.of(), bench.faults);
  }
}
