package io.belay.agent;

import io.belay.agent.log.Log;
import io.belay.agent.rule.AllowRule;
import io.belay.agent.rule.Compensation;
import io.belay.agent.rule.DisconnectPolicy;
import io.belay.agent.rule.HalfClose;
import io.belay.agent.rule.HostPattern;
import io.belay.agent.rule.IdSource;
import io.belay.agent.rule.MethodPattern;
import io.belay.agent.rule.Mode;
import io.belay.agent.rule.OnExceeded;
import io.belay.agent.rule.TokenizerUse;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every setting there is, declared once, in the order of the reference. To add one, add a constant
 * here: the sources, the error messages, the nearest-key warning and CONFIGURATION.md follow.
 */
final class Keys {
  // ---- the agent ----
  static final Key<Boolean> ENABLED =
      Key.flag("enabled", "true", "`false`: the agent does nothing at all");
  static final Key<String> CONFIG =
      Key.text("config", Type.FILE, null, "YAML file with further settings");
  static final Key<Mode> MODE =
      Key.choice(
          "mode",
          Mode.values(),
          "enforce",
          "`observe`: nothing is refused, clamped or aborted; what would have been is counted");

  /** The names of {@code belay.boundary.<name>} and {@code belay.require}. */
  private static final String[] BOUNDARY_NAMES = {
    "okhttp",
    "java-http-client",
    "http-url-connection",
    "jetty-client",
    "apache-http-client-5",
    "apache-http-client-4",
    "reactor-netty",
    "aws-sdk",
    "spring-web",
    "openai",
    "anthropic",
    "google-genai",
    "azure-core",
    "ollama4j",
    "langchain4j",
    "spring-ai",
    "google-adk",
    "mcp",
    "mcp-server",
    "a2a",
    "jdbc",
    "hibernate",
    "r2dbc",
    "vertx-sql",
    "thread",
    "executor",
    "fork-join",
    "completable-future",
    "timer",
    "kotlin-coroutines",
    "scala-future",
    "pekko",
    "guava-future",
    "netty-executor",
    "vertx-context",
    "reactor-block",
    "connection",
    "jdk-http-server",
    "tomcat",
    "tomcat-websocket",
    "servlet",
    "reactor-netty-server",
    "reactor-netty-websocket",
    "vertx-server",
    "webflux",
    "spring-mvc"
  };

  static final Key<List<String>> REQUIRE =
      Key.list(
          "require",
          Type.NAMES,
          "boundaries that must be woven and pass their self-test when their library loads, else"
              + " the JVM ends",
          (Object[]) BOUNDARY_NAMES);
  static final Key<Log.Level> LOG_LEVEL =
      Key.choice("log.level", Log.Level.values(), "info", "how much goes to standard error");

  // ---- runs ----
  static final Key<Boolean> RUN_HTTP =
      Key.flag("run.http", "true", "an inbound HTTP request begins a run");
  static final Key<List<IdSource>> RUN_HTTP_ID_FROM =
      Key.list(
          "run.http.id-from",
          Type.ID_SOURCES,
          "where a request's run id is taken from, the first that is present; else generated");
  static final Key<Integer> RUN_HTTP_STOPPED_STATUS =
      Key.integer(
          "run.http.stopped-status",
          Type.STATUS,
          "499",
          "HTTP status of the answer to a request whose run was stopped");
  static final Key<DisconnectPolicy> RUN_HTTP_ON_DISCONNECT =
      Key.value(
          "run.http.on-disconnect",
          Type.DISCONNECT,
          "agent",
          "which requests stop when their client leaves: `agent` (those that have made an LLM"
              + " call), `always`, `never`, or rules per path, the first that matches");
  static final Key<HalfClose> RUN_HTTP_HALF_CLOSE =
      Key.choice(
          "run.http.half-close",
          HalfClose.values(),
          "stop",
          "whether a client that closes only its sending side counts as gone");
  static final Key<List<MethodPattern>> RUN_ENTRYPOINTS =
      Key.list(
          "run.entrypoints",
          Type.METHODS,
          "methods whose call begins a run; `(id=0)` takes the run id from argument 0");
  static final Key<List<MethodPattern>> RUN_CARRY =
      Key.list(
          "run.carry",
          Type.CLASSES,
          "classes whose objects carry the run in which they were made, through queues");
  static final Key<List<MethodPattern>> RUN_NONE =
      Key.list(
          "run.none",
          Type.CLASSES_OR_METHODS,
          "further shared infrastructure that runs under no run: methods, or types with their "
              + "methods, threads and tasks");
  static final Key<Integer> RUNS_KEEP =
      Key.integer("runs.keep", Type.NUMBER, "1000", "ended runs that stay visible");

  // ---- stop ----
  static final Key<Duration> STOP_GRACE_LLM =
      Key.duration(
          "stop.grace.llm", "0s", "what an LLM call in flight is left before it is closed");
  static final Key<Duration> STOP_GRACE_HTTP =
      Key.duration("stop.grace.http", "0s", "the same for GET, HEAD and other safe requests");
  static final Key<Duration> STOP_GRACE_HTTP_WRITE =
      Key.duration("stop.grace.http-write", "10s", "the same for all other requests");
  static final Key<Duration> STOP_GRACE_SQL =
      Key.duration("stop.grace.sql", "2s", "the same for SQL statements, before their cancel");
  static final Key<Duration> STOP_GRACE_PROCESS =
      Key.duration("stop.grace.process", "5s", "from terminating a process tree to killing it");
  static final Key<Boolean> STOP_WAKE =
      Key.flag("stop.wake", "true", "threads of the run that wait outside any boundary are woken");
  static final Key<String> ON_STOP =
      Key.text("on-stop", Type.HTTP_URL, null, "webhook that is told of every stop");
  static final Key<String> ON_STOP_SECRET =
      Key.text("on-stop.secret", Type.SECRET, null, "what calls of the webhook are signed with");
  static final Key<List<MethodPattern>> SHIELD =
      Key.list(
          "shield",
          Type.METHODS,
          "methods whose work must go through after a stop: all inside passes");
  static final Key<Duration> SHIELD_TIMEOUT =
      Key.duration("shield.timeout", "30s", "how long shielded work of a stopped run may take");
  static final Key<List<AllowRule>> ALLOW =
      Key.list("allow", Type.RULES, "calls that must go through after a stop");
  static final Key<List<Compensation>> COMPENSATE =
      Key.list(
          "compensate",
          Type.COMPENSATIONS,
          "what undoes a third party's work: `on` and `with` in the YAML file");

  // ---- budgets ----
  static final LimitKeys BUDGET = new LimitKeys("budget.", "of a top-level run");
  static final LimitKeys BUDGET_JVM = new LimitKeys("budget.jvm.", "of the whole JVM");
  static final LimitKeys BUDGET_KEY = new LimitKeys("budget.key.", "of one caller in a window");
  static final Key<List<IdSource>> BUDGET_KEY_FROM =
      Key.list(
          "budget.key.from",
          Type.ID_SOURCES,
          "what tells callers apart, the first that is present");
  static final Key<Duration> BUDGET_KEY_WINDOW =
      Key.duration("budget.key.window", "1d", "after which a caller's use starts again at zero");
  static final Key<Long> BUDGET_MIN_OUTPUT_TOKENS =
      Key.amount(
          "budget.min-output-tokens",
          Type.TOKENS,
          "32",
          "a call that would be left fewer output tokens is refused");
  static final Key<OnExceeded> BUDGET_ON_EXCEEDED =
      Key.choice(
          "budget.on-exceeded",
          OnExceeded.values(),
          "stop",
          "`stop` the run, `refuse` only its LLM and tool calls, or `warn` only");

  /** In billionths of a US dollar. */
  static final Key<Long> BUDGET_UNKNOWN_MODEL =
      Key.usd(
          "budget.unknown-model-usd-per-mtok",
          "price of a million tokens of a model without a price, in US dollars; unset: refused"
              + " while a cost limit is set");

  static final Key<List<LlmEndpoint>> LLM_ENDPOINTS =
      Key.list("llm.endpoints", Type.ENDPOINTS, "further hosts or paths that are LLM providers");
  static final Key<TokenizerUse> LLM_TOKENIZER =
      Key.choice(
          "llm.tokenizer",
          TokenizerUse.values(),
          "auto",
          "whose input, and whose output in a stream that is cut, jtokkit counts where the"
              + " application has it: `auto` (OpenAI's models), `all` models, or `off`");
  static final Key<String> PRICES =
      Key.text(
          "prices",
          Type.FILE,
          null,
          "price table in LiteLLM's format that overrides the shipped one");

  // ---- control plane ----
  static final Key<Integer> HTTP_PORT =
      Key.integer(
          "http.port", Type.PORT, null, "port of the control plane; `0` picks one; unset: off");
  static final Key<String> HTTP_BIND =
      Key.text("http.bind", Type.HOST, "127.0.0.1", "address of the control plane");
  static final Key<String> HTTP_TOKEN =
      Key.text(
          "http.token", Type.SECRET, null, "token of the control plane; required off loopback");
  static final Key<String> WATCH_JDBC_URL =
      Key.text("watch.jdbc.url", Type.JDBC_URL, null, "database that holds stop flags");
  static final Key<String> WATCH_JDBC_QUERY =
      Key.text(
          "watch.jdbc.query",
          Type.QUERY,
          null,
          "query of the stop flags, with one `?` for the run id or none");
  static final Key<Duration> WATCH_JDBC_INTERVAL =
      Key.duration("watch.jdbc.interval", "2s", "time between two queries of the stop flags");

  // ---- across processes ----
  static final Key<String> REDIS_URL =
      Key.text("redis.url", Type.REDIS_URL, null, "Redis that shares runs, stops and budgets");
  static final Key<List<HostPattern>> PROPAGATE =
      Key.list("propagate", Type.HOSTS, "hosts whose requests carry the run");
  static final Key<String> PROPAGATE_SECRET =
      Key.text("propagate.secret", Type.SECRET, null, "shared secret that signs a carried run");
  static final Key<Boolean> ACCEPT =
      Key.flag("accept", "false", "join the run named by a signed inbound request as its child");

  private static final Key<?>[] SINGLE = {
    ENABLED,
    CONFIG,
    MODE,
    REQUIRE,
    LOG_LEVEL,
    RUN_HTTP,
    RUN_HTTP_ID_FROM,
    RUN_HTTP_STOPPED_STATUS,
    RUN_HTTP_ON_DISCONNECT,
    RUN_HTTP_HALF_CLOSE,
    RUN_ENTRYPOINTS,
    RUN_CARRY,
    RUN_NONE,
    RUNS_KEEP,
    STOP_GRACE_LLM,
    STOP_GRACE_HTTP,
    STOP_GRACE_HTTP_WRITE,
    STOP_GRACE_SQL,
    STOP_GRACE_PROCESS,
    STOP_WAKE,
    ON_STOP,
    ON_STOP_SECRET,
    SHIELD,
    SHIELD_TIMEOUT,
    ALLOW,
    COMPENSATE,
    BUDGET_MIN_OUTPUT_TOKENS,
    BUDGET_ON_EXCEEDED,
    BUDGET_UNKNOWN_MODEL,
    BUDGET_KEY_FROM,
    BUDGET_KEY_WINDOW,
    LLM_ENDPOINTS,
    LLM_TOKENIZER,
    PRICES,
    HTTP_PORT,
    HTTP_BIND,
    HTTP_TOKEN,
    WATCH_JDBC_URL,
    WATCH_JDBC_QUERY,
    WATCH_JDBC_INTERVAL,
    REDIS_URL,
    PROPAGATE,
    PROPAGATE_SECRET,
    ACCEPT
  };

  private static final Key<?>[] ALL = table();

  private Keys() {}

  /** All keys, the members of the family {@code boundary.<name>} last. */
  static Key<?>[] all() {
    return ALL.clone();
  }

  /** The key of that name, which has no {@code belay.} prefix. */
  static @Nullable Key<?> find(String name) {
    for (Key<?> key : ALL) {
      if (key.name.equals(name)) {
        return key;
      }
    }
    return null;
  }

  /** The key whose environment variable is that. */
  static @Nullable Key<?> findVariable(String variable) {
    for (Key<?> key : ALL) {
      if (key.variable().equals(variable)) {
        return key;
      }
    }
    return null;
  }

  /** The switch of one boundary. */
  @SuppressWarnings("unchecked") // the family is made of flags below
  static Key<Boolean> boundary(String name) {
    for (int i = ALL.length - BOUNDARY_NAMES.length; i < ALL.length; i++) {
      if (ALL[i].name.regionMatches("boundary.".length(), name, 0, name.length())
          && ALL[i].name.length() == "boundary.".length() + name.length()) {
        return (Key<Boolean>) ALL[i];
      }
    }
    throw new IllegalArgumentException("no boundary named " + name);
  }

  private static Key<?>[] table() {
    LimitKeys[] scopes = {BUDGET, BUDGET_JVM, BUDGET_KEY};
    Key<?>[] all = new Key<?>[SINGLE.length + 7 * scopes.length + BOUNDARY_NAMES.length];
    int n = SINGLE.length;
    System.arraycopy(SINGLE, 0, all, 0, n);
    for (LimitKeys scope : scopes) {
      Key<?>[] limits = scope.all();
      System.arraycopy(limits, 0, all, n, limits.length);
      n += limits.length;
    }
    for (String name : BOUNDARY_NAMES) {
      all[n++] = Key.flag("boundary." + name, "on", "`off`: leave " + name + " alone");
    }
    return all;
  }
}
