package io.belay.it.storm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.belay.it.harness.App;
import io.belay.it.harness.Entry;
import io.belay.it.harness.Script;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;

/**
 * So many agents, several at a time, each stopped at a random moment of its work.
 *
 * <p>Arguments: how many stops at least, how many at most, seconds after which it is content with
 * the least, port of the provider, its key, port of the control plane (0 without Belay: then a stop
 * does nothing), seed. Answers one line for each stop, see {@link Verdict#toString}.
 */
final class Storm implements App {
  private static final int LANES = 6;
  private static final int AGENT_THREADS = LANES;
  private static final int POOL_THREADS = 12;

  private final ExecutorService agents = Executors.newFixedThreadPool(AGENT_THREADS);
  private final ExecutorService pool = Executors.newFixedThreadPool(POOL_THREADS);
  private final ObjectMapper json = new ObjectMapper();
  private final AtomicInteger stops = new AtomicInteger();
  private final AtomicInteger numbers = new AtomicInteger();
  private final Map<String, List<Call>> inserts = new ConcurrentHashMap<>();
  private OkHttpClient client;
  private int providerPort;
  private String key;
  private int controlPort;
  private int least;
  private int most;
  private long enough;

  @Override
  public String run(String... args) throws Exception {
    least = Integer.parseInt(args[0]);
    most = Integer.parseInt(args[1]);
    enough = System.nanoTime() + Integer.parseInt(args[2]) * 1_000_000_000L;
    providerPort = Integer.parseInt(args[3]);
    key = args[4];
    controlPort = Integer.parseInt(args[5]);
    Dispatcher dispatcher = new Dispatcher();
    dispatcher.setMaxRequestsPerHost(64);
    client =
        new OkHttpClient.Builder()
            .dispatcher(dispatcher)
            .connectionPool(new ConnectionPool(32, 1, java.util.concurrent.TimeUnit.MINUTES))
            .build();
    Script.pool(agents, AGENT_THREADS);
    Script.pool(pool, POOL_THREADS);
    try (Connection keeper = DriverManager.getConnection(Agent.DATABASE);
        Statement statement = keeper.createStatement()) {
      statement.execute("CREATE TABLE audit(run VARCHAR(40), call INT)");
      ExecutorService lanes = Executors.newFixedThreadPool(LANES);
      List<Future<List<Verdict>>> all = new ArrayList<>();
      for (int lane = 0; lane < LANES; lane++) {
        long seed = Long.parseLong(args[6]) + lane;
        all.add(lanes.submit((Callable<List<Verdict>>) () -> lane(new Random(seed))));
      }
      StringBuilder lines = new StringBuilder();
      for (Future<List<Verdict>> lane : all) {
        lane.get().forEach(verdict -> lines.append(verdict).append('\n'));
      }
      lanes.shutdown();
      return lines.append("backdoor ").append(backDoor(statement)).toString();
    }
  }

  private List<Verdict> lane(Random random) throws Exception {
    List<Verdict> verdicts = new ArrayList<>();
    try (Wire control = controlPort == 0 ? null : new Wire(controlPort);
        Wire provider = new Wire(providerPort)) {
      while (stops.get() < least || (stops.get() < most && System.nanoTime() < enough)) {
        Verdict verdict = one(random, control, provider);
        if (verdict != null) {
          verdicts.add(verdict);
          stops.incrementAndGet();
        }
      }
    }
    return verdicts;
  }

  /** One agent and its stop; null when the agent was done before it was stopped. */
  private Verdict one(Random random, Wire control, Wire provider) throws Exception {
    String id = "r" + numbers.incrementAndGet();
    String url = "http://127.0.0.1:" + providerPort + '/' + key;
    Agent agent = new Agent(id, url, random.nextLong(), client, pool);
    Future<?> work = agents.submit(() -> Entry.run(id, agent));
    int moment = random.nextInt(16);
    while (agent.begun() < moment && !work.isDone()) {
      LockSupport.parkNanos(20_000);
    }
    long until = System.nanoTime() + random.nextInt(300_000);
    while (System.nanoTime() < until) {
      Thread.onSpinWait();
    }
    int status = control == null ? 202 : stop(control, id);
    long ackSql = Clock.tick();
    long ackHttp = Long.parseLong(provider.request("GET", "/tick", "").body());
    if (status != 202) {
      work.get();
      keep(id, agent);
      return null;
    }
    JsonNode report = control == null ? json.createObjectNode() : report(control, id);
    try {
      work.get();
    } catch (java.util.concurrent.ExecutionException e) {
      // The run was stopped before its entry; that is for the witnesses to judge.
    }
    keep(id, agent);
    return Verdict.of(id, agent, report, ackSql, ackHttp);
  }

  private int stop(Wire control, String id) throws Exception {
    for (; ; ) {
      int status = control.request("POST", "/runs/" + id + "/stop", "{}").status();
      if (status != 404) {
        return status;
      }
      Thread.yield(); // It is to be stopped before its first call, but it has not begun.
    }
  }

  private JsonNode report(Wire control, String id) throws Exception {
    JsonNode report =
        json.readTree(control.request("POST", "/runs/" + id + "/stop?wait=60s", "{}").body());
    if (!report.path("quietAfterMs").isNumber()) {
      throw new IllegalStateException("not quiet: " + report.toPrettyString());
    }
    return report;
  }

  private void keep(String id, Agent agent) {
    inserts.put(id, agent.calls.stream().filter(call -> call.kind == Call.Kind.INSERT).toList());
  }

  /** Rows of transactions that were never committed in the open. */
  private int backDoor(Statement statement) throws Exception {
    int found = 0;
    try (ResultSet rows = statement.executeQuery("SELECT run, call FROM audit")) {
      while (rows.next()) {
        int number = rows.getInt(2);
        for (Call insert : inserts.get(rows.getString(1))) {
          boolean committed = !insert.open || (insert.commit != null && insert.commit.arrived);
          found += insert.number == number && !committed ? 1 : 0;
        }
      }
    }
    return found;
  }
}
