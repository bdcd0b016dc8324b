package io.belay.agent.run;

import io.belay.agent.rule.DisconnectPolicy;
import io.belay.agent.rule.HalfClose;
import io.belay.agent.rule.RequestPolicy;
import io.belay.boot.Inbound;
import io.belay.boot.ServerAdapter;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/** The run of a request that calls nothing, from its dispatch to its end, without a server. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RequestBenchmark {
  private static final Runs.Journal JOURNAL =
      new Runs.Journal() {
        @Override
        public void stopped(StopReport report) {}

        @Override
        public void fault(String during, Throwable thrown) {
          throw new IllegalStateException(during, thrown);
        }
      };

  private final Requests requests =
      new Requests(
          new Runs(Clock.SYSTEM, Policy.defaults(), JOURNAL),
          new RequestPolicy(
              List.of(), List.of(), 499, DisconnectPolicy.parse("agent"), HalfClose.STOP),
          new Connections(),
          null);
  private final Object[] args = {};
  private final ServerAdapter server =
      new ServerAdapter() {
        @Override
        public Inbound request(Object self, Object[] given) {
          return new Request();
        }
      };

  /** By one thread. */
  @Benchmark
  public Object alone() {
    return beginAndEnd();
  }

  /** By two, as on a server. */
  @Benchmark
  @Threads(2)
  public Object sideBySide() {
    return beginAndEnd();
  }

  private Object beginAndEnd() {
    Object ticket = requests.begin(server, "http benchmark", server, args);
    if (!(ticket instanceof Ticket dispatched)) {
      throw new IllegalStateException("it began no run");
    }
    return dispatched.exit(ticket, null) == null ? ticket : requests;
  }

  private static final class Request extends Inbound {
    @Override
    public String path() {
      return "/";
    }

    @Override
    public String query() {
      return "";
    }

    @Override
    public String header(String name) {
      return "";
    }

    @Override
    public void respond(String header, String value) {}

    @Override
    public String remoteAddress() {
      return "127.0.0.1";
    }

    @Override
    public int remotePort() {
      return 1;
    }

    @Override
    public int localPort() {
      return 2;
    }

    @Override
    public int status() {
      return 200;
    }

    @Override
    public boolean isPending() {
      return false;
    }

    @Override
    public boolean isAnswered() {
      return true;
    }

    @Override
    public boolean answer(int status, byte[] body) {
      return false;
    }

    @Override
    public Object key() {
      return this;
    }
  }
}
