package io.belay.agent.control;

import io.belay.agent.run.InFlight;
import io.belay.agent.run.Kind;
import io.belay.agent.run.LlmMeter.Booked;
import io.belay.agent.run.Recorder;
import io.belay.agent.run.Run;
import io.belay.agent.run.Runs;
import io.belay.api.StopEvent;
import io.belay.api.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/**
 * Flight Recorder events: {@code belay.Run}, {@code belay.Refusal}, {@code belay.LlmCall}. Nothing
 * is made, and the recorder is not set up, before somebody records. Runs and calls begin and end in
 * the recording as they do here; what began before it has only {@code took}.
 */
public final class FlightRecords implements Recorder, Runs.Listener {
  /** A run that has ended. */
  @Name("belay.Run")
  @Label("Run")
  @Category("Belay")
  @Description("A run that has ended")
  @StackTrace(false)
  static final class Ended extends Event {
    @Label("Run")
    String id = "";

    @Label("Parent")
    String parent = "";

    @Label("Status")
    String status = "";

    @Label("Reason of its stop")
    String reason = "";

    @Label("Took")
    @Timespan(Timespan.NANOSECONDS)
    long took;

    @Label("Input tokens")
    long inputTokens;

    @Label("Output tokens")
    long outputTokens;

    @Label("Cost in US dollars")
    double costUsd;

    @Label("Calls of models")
    long llmCalls;

    @Label("Calls of tools")
    long toolCalls;
  }

  /** A call that was refused. */
  @Name("belay.Refusal")
  @Label("Refusal")
  @Category("Belay")
  @Description("A boundary call that was refused")
  static final class Refused extends Event {
    @Label("Run")
    String run = "";

    @Label("Kind")
    String kind = "";

    @Label("Target")
    String target = "";
  }

  /** A call of a model. */
  @Name("belay.LlmCall")
  @Label("Call of a model")
  @Category("Belay")
  @Description("A call of a language model that is over, with what was booked for it")
  @StackTrace(false)
  static final class LlmCall extends Event {
    @Label("Run")
    String run = "";

    @Label("Target")
    String target = "";

    @Label("Status")
    int status;

    @Label("Took")
    @Timespan(Timespan.NANOSECONDS)
    long took;

    @Label("Input tokens")
    long inputTokens;

    @Label("Output tokens")
    long outputTokens;

    @Label("Input tokens from the cache")
    long cacheReadTokens;

    @Label("Input tokens written to the cache")
    long cacheWriteTokens;

    @Label("Cost in US dollars")
    double costUsd;

    @Label("Estimated")
    boolean estimated;
  }

  /** Whether Belay was taken out of this JVM, so that the recorder is not to know its events. */
  private static volatile boolean gone;

  /** Those that began while somebody recorded, and live. */
  private final Map<Run, Ended> begun = new ConcurrentHashMap<>();

  private FlightRecords() {}

  /** Records the runs of {@code runs}; does nothing on an image without {@code jdk.jfr}. */
  public static void of(Runs runs) {
    if (isPossible()) {
      if (gone) {
        gone = false;
        types().forEach(FlightRecorder::register); // A class registers itself only once.
      }
      FlightRecords records = new FlightRecords();
      runs.recorder(records);
      runs.listen(records);
    }
  }

  /** Has the recorder forget the events, if somebody has recorded. */
  public static void forget() {
    if (isPossible() && FlightRecorder.isInitialized()) {
      gone = true;
      types().forEach(FlightRecorder::unregister);
    }
  }

  /** Not before they are needed: an image may lack what they extend. */
  private static List<Class<? extends Event>> types() {
    return List.of(Ended.class, Refused.class, LlmCall.class);
  }

  private static boolean isPossible() {
    return ModuleLayer.boot().findModule("jdk.jfr").isPresent();
  }

  /** Whether somebody may record; what was begun before Belay went may end later. */
  private static boolean isOn() {
    return FlightRecorder.isInitialized() && !gone;
  }

  @Override
  public void begun(Run run) {
    if (isOn()) {
      Ended event = new Ended();
      if (event.isEnabled()) {
        event.begin();
        begun.put(run, event);
        if (run.endedAt() != null) {
          begun.remove(run); // A stop was faster, and nobody would ask for it any more.
        }
      }
    }
  }

  @Override
  public void changed(Run run) {
    Instant ended = run.endedAt();
    if (ended == null || !isOn()) {
      return;
    }
    Ended known = begun.remove(run);
    Ended event = known == null ? new Ended() : known;
    event.end();
    if (!event.shouldCommit()) {
      return;
    }
    Run parent = run.above();
    StopEvent stop = run.stopEvent();
    Usage usage = run.usage();
    event.id = run.id();
    event.parent = parent == null ? "" : parent.id();
    event.status = run.status().toString().toLowerCase(Locale.ROOT);
    event.reason = stop == null ? "" : stop.reason().name();
    event.took = Duration.between(run.startedAt(), ended).toNanos();
    event.inputTokens = usage.inputTokens();
    event.outputTokens = usage.outputTokens();
    event.costUsd = usage.costUsd();
    event.llmCalls = usage.llmCalls();
    event.toolCalls = usage.toolCalls();
    event.commit();
  }

  @Override
  public void refused(Run run, Kind kind, String target) {
    if (isOn()) {
      Refused event = new Refused();
      if (event.shouldCommit()) {
        event.run = run.id();
        event.kind = kind.toString();
        event.target = target;
        event.commit();
      }
    }
  }

  @Override
  public @Nullable Object begun(InFlight call) {
    if (!isOn()) {
      return null;
    }
    LlmCall event = new LlmCall();
    event.begin();
    return event.isEnabled() ? event : null;
  }

  @Override
  public void booked(InFlight call, Booked used, @Nullable Object begun) {
    if (isOn()) {
      LlmCall event = begun instanceof LlmCall known ? known : new LlmCall();
      event.end();
      if (event.shouldCommit()) {
        event.run = call.run().id();
        event.target = call.target();
        event.status = call.status();
        event.took = Duration.between(call.startedAt(), Instant.now()).toNanos();
        event.inputTokens = used.input();
        event.outputTokens = used.output();
        event.cacheReadTokens = used.cacheRead();
        event.cacheWriteTokens = used.cacheWrite();
        event.costUsd = used.picoUsd() / 1e12;
        event.estimated = used.estimated();
        event.commit();
      }
    }
  }
}
