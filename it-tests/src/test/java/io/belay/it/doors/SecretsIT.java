package io.belay.it.doors;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.belay.it.cli.BelayCommand;
import io.belay.it.harness.Arrival;
import io.belay.it.harness.Await;
import io.belay.it.harness.Jvm;
import io.belay.it.harness.Provider;
import io.belay.it.harness.Scenario;
import io.belay.it.harness.Setting;
import io.belay.it.harness.Work;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/**
 * Secrets in a URL's user info and query, in headers, in a prompt, in statements, and in Belay's
 * own settings: none of them comes out of any door. Flight Recorder is asked in {@link
 * FlightRecorderIT}.
 */
class SecretsIT {
  private static final String SECRET = "s3cret";
  private static Provider provider;

  @BeforeAll
  static void start() {
    provider = Provider.start();
  }

  @AfterAll
  static void close() {
    provider.close();
  }

  @Scenario
  void noSecretComesOutOfAnyDoor(Setting setting) throws Exception {
    String hook = Setting.unique("hook");
    provider.answering(hook, call -> call.answer(200, "text/plain", ""));
    Jvm belay =
        setting.withBelay(
            "belay.on-stop=" + withUser(provider.url(hook)) + "?key=s3cret-hook",
            "belay.on-stop.secret=s3cret-signature",
            "belay.budget.llm-calls=50");
    String asking = Setting.unique("asking");
    Work asks =
        belay.start(
            Chatting.class,
            asking,
            withUser(provider.url(asking)) + "/v1/chat/completions?key=s3cret-query#s3cret");
    Arrival arrival = provider.await(asking);
    assertTrue(arrival.body().contains(SECRET) && arrival.path().contains(SECRET));
    String writing = Setting.unique("writing");
    Work writes = belay.start(Leaky.Writing.class, writing, writing);
    belay.awaitMoment(writing, "written");

    Map<String, String> told = new TreeMap<>();
    try (Events events = new Events(belay)) {
      ask(belay, told, "running", asking, writing);
      belay.stop(asking);
      belay.stop(writing);
      belay.cue(writing, "go on");
      asks.thrown();
      told.put("exception", writes.thrown().causes().toString());
      belay.control().report(asking);
      belay.control().report(writing);
      ask(belay, told, "stopped", asking, writing);
      told.put("events", events.until("\"" + writing + "\"", "\"stopped\""));
    }
    told.put("jmx", belay.startOutside(Leaky.Beans.class, asking).result());
    BelayCommand cli = BelayCommand.on(setting);
    told.put("cli runs", cli.text("runs", belay.pid()));
    told.put("cli report", cli.text("report", belay.pid(), asking));
    told.put("cli doctor", cli.text("doctor", belay.pid(), "--json"));
    Await.until("the webhook has been told", () -> provider.requests(hook) >= 4);
    StringBuilder hooks = new StringBuilder();
    for (Arrival call : provider.arrivals(hook)) {
      hooks.append(call.body()).append('\n');
    }
    told.put("webhook", hooks.toString());
    told.put("log", String.join("\n", belay.stderr()));

    for (String door : List.of("jmx", "cli runs", "cli report", "events", "webhook", "log")) {
      assertTrue(told.get(door).contains(asking), () -> door + ": " + told.get(door));
    }
    assertTrue(told.get("exception").contains("UPDATE t SET v = ?"), told.get("exception"));
    told.forEach(
        (door, text) -> assertFalse(text.contains(SECRET), () -> door + " tells: " + text));
  }

  private static void ask(Jvm belay, Map<String, String> told, String when, String... runs) {
    for (String path : List.of("/", "/runs", "/metrics", "/coverage", "/openapi.json")) {
      told.put(when + " " + path, belay.control().request("GET", path, null).body());
    }
    for (String run : runs) {
      for (String path : List.of("", "/report")) {
        told.put(
            when + " " + run + path,
            belay.control().request("GET", "/runs/" + run + path, null).body());
      }
      String preview = "/runs/" + run + "/stop?dryRun=true";
      told.put(when + " " + preview, belay.control().request("POST", preview, "{}").body());
    }
  }

  private static String withUser(String url) {
    return url.replace("http://", "http://s3cret-user:s3cret-word@");
  }

  /** The event stream of a JVM. */
  private static final class Events implements AutoCloseable {
    private final InputStream in;

    Events(Jvm jvm) throws Exception {
      in = URI.create("http://127.0.0.1:" + jvm.control().port() + "/events").toURL().openStream();
    }

    /** All of it up to a line that has all of these words. */
    String until(String... words) throws Exception {
      StringBuilder all = new StringBuilder();
      StringBuilder line = new StringBuilder();
      for (; ; ) {
        int next = in.read();
        assertFalse(next < 0, all::toString);
        line.append((char) next);
        if (next == '\n') {
          all.append(line);
          String text = line.toString();
          if (List.of(words).stream().allMatch(text::contains)) {
            return new String(
                all.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
          }
          line.setLength(0);
        }
      }
    }

    @Override
    public void close() throws Exception {
      in.close();
    }
  }
}
