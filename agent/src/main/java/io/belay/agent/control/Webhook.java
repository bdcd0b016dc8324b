package io.belay.agent.control;

import io.belay.agent.run.Run;
import io.belay.agent.run.Runs;
import io.belay.agent.run.StopReport;
import io.belay.agent.run.Stopping;
import io.belay.agent.run.Threads;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Tells a URL of every stop: {@code run.stopping} with the run when it is acknowledged, {@code
 * run.stopped} with the report when all is quiet. Each is a POST of JSON, tried again with growing
 * pauses until it is answered with 2xx, in the order of the events. Belay's own calls pass every
 * gate, since this thread is Belay's.
 *
 * <p>With a secret, {@code Belay-Signature} is {@code sha256=} and the HMAC of the time in {@code
 * Belay-Timestamp}, a dot, and the body: the scheme that Stripe and Slack have made usual.
 */
public final class Webhook implements Control {
  private static final int MOST_WAITING = 1_000;
  private static final int ATTEMPTS = 6;
  private static final long FIRST_PAUSE_MILLIS = 500;
  private static final int PATIENCE_MILLIS = 5_000;

  private record Event(String id, byte[] body) {}

  private final String url;
  private final byte[] secret;
  private final Runs runs;
  private final RunJson json;
  private final Runs.Listener listener = this::changed;
  private final Set<Run> told = ConcurrentHashMap.newKeySet();
  private final Deque<Event> waiting = new ArrayDeque<>(); // Guarded by this.
  private @Nullable Thread thread; // Guarded by this.
  private boolean open; // Guarded by this.

  /**
   * A door that is yet to be opened.
   *
   * @param secret what events are signed with; empty for not signing them
   */
  public Webhook(String url, String secret, Runs runs, Budgets budgets) {
    this.url = url;
    this.secret = secret.getBytes(StandardCharsets.UTF_8);
    this.runs = runs;
    this.json = new RunJson(runs, budgets);
  }

  @Override
  public synchronized void start() {
    open = true;
    runs.listen(listener);
  }

  /** Only of runs that were themselves what somebody stopped: those below are in the report. */
  private void changed(Run run) {
    Stopping stopping = run.stopping();
    if (stopping != null && stopping.run() == run && !stopping.isQuiet() && told.add(run)) {
      add("run.stopping", json.run(run));
    }
  }

  /** A stop is over, and this is all of it. */
  public void stopped(StopReport report) {
    told.remove(report.run());
    add("run.stopped", json.report(report));
  }

  private void add(String type, byte[] data) {
    String text =
        "{\"type\":\"" + type + "\",\"data\":" + new String(data, StandardCharsets.UTF_8) + '}';
    add(new Event(UUID.randomUUID().toString(), text.getBytes(StandardCharsets.UTF_8)));
  }

  private synchronized void add(Event event) {
    if (!open) {
      return;
    }
    if (waiting.size() >= MOST_WAITING) {
      runs.journal().note("belay.on-stop: too many events wait for the webhook; some are dropped");
      return;
    }
    waiting.add(event);
    if (thread == null) {
      thread = Threads.start(this::deliverAll, "belay-webhook");
    }
  }

  private synchronized @Nullable Event next() {
    Event event = open ? waiting.poll() : null;
    if (event == null) {
      thread = null;
    }
    return event;
  }

  private void deliverAll() {
    for (Event event = next(); event != null; event = next()) {
      try {
        deliver(event);
      } catch (InterruptedException closing) {
        return;
      } catch (Exception fault) {
        runs.journal().fault("telling the webhook", fault);
      }
    }
  }

  private void deliver(Event event)
      throws InterruptedException, GeneralSecurityException, IOException {
    long pause = FIRST_PAUSE_MILLIS;
    String problem = "";
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      try {
        int status = post(event);
        if (status / 100 == 2) {
          return;
        }
        problem = "status " + status;
        if (status / 100 == 4 && status != 408 && status != 429) {
          break; // It will not be taken the next time either.
        }
      } catch (IOException unreachable) {
        problem = unreachable.toString();
      }
      if (attempt < ATTEMPTS) {
        Thread.sleep(pause);
        pause *= 2;
      }
    }
    runs.journal().note("belay.on-stop: the webhook was not told of a stop: " + problem);
  }

  private int post(Event event) throws IOException, GeneralSecurityException {
    HttpURLConnection call = (HttpURLConnection) URI.create(url).toURL().openConnection();
    try {
      call.setRequestMethod("POST");
      call.setConnectTimeout(PATIENCE_MILLIS);
      call.setReadTimeout(PATIENCE_MILLIS);
      call.setInstanceFollowRedirects(false);
      call.setDoOutput(true);
      call.setFixedLengthStreamingMode(event.body().length);
      call.setRequestProperty("Content-Type", "application/json");
      call.setRequestProperty("User-Agent", "belay");
      call.setRequestProperty("Belay-Event-Id", event.id());
      if (secret.length > 0) {
        String time = Long.toString(Instant.now().getEpochSecond());
        call.setRequestProperty("Belay-Timestamp", time);
        call.setRequestProperty("Belay-Signature", "sha256=" + sign(time, event.body()));
      }
      try (OutputStream out = call.getOutputStream()) {
        out.write(event.body());
      }
      return call.getResponseCode();
    } finally {
      call.disconnect();
    }
  }

  private String sign(String time, byte[] body) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret, "HmacSHA256"));
    mac.update((time + '.').getBytes(StandardCharsets.US_ASCII));
    return HexFormat.of().formatHex(mac.doFinal(body));
  }

  /** Nothing for people: the URL may hold a secret. */
  @Override
  public String address() {
    return "";
  }

  @Override
  public synchronized void close() {
    open = false;
    runs.unlisten(listener);
    waiting.clear();
    if (thread != null) {
      thread.interrupt();
    }
  }
}
