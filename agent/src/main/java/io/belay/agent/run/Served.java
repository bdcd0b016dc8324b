package io.belay.agent.run;

import io.belay.agent.rule.DisconnectPolicy;
import io.belay.api.Reason;
import io.belay.api.RunStoppedException;
import io.belay.boot.Inbound;
import io.belay.boot.InboundSocket;
import io.belay.boot.Skip;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A request that is being answered, and its run. While its answer is still to come although no
 * thread of the server is at it, it is a piece of work that holds the run, unless that is stopped:
 * then nothing is left to wait for.
 */
final class Served extends Work {
  private volatile Inbound inbound;
  final DisconnectPolicy.Action onDisconnect;
  private final Requests requests;
  private volatile boolean calledModel;
  private volatile boolean abandoned;
  private boolean over; // Guarded by this.
  private boolean suspended; // Guarded by this.
  private volatile boolean answered; // By the application, to its end.
  private volatile boolean told; // That it was stopped. By whoever answers, one after the other.

  /** Who answers for the request: its server, or within it what an application has made wait. */
  private volatile Inbound answers;

  /** How many filters deep its thread is: the outermost is where the application ends. */
  private int depth;

  /** Whether a later step of the server may find it. Of {@link KnownRequests}. */
  volatile boolean known;

  /** What watches its connection, or {@code null}. Of the watcher. */
  volatile Watcher.@Nullable Entry watched;

  Served(Requests requests, Run run, Inbound inbound, DisconnectPolicy.Action onDisconnect) {
    super(run);
    this.requests = requests;
    this.inbound = inbound;
    this.answers = inbound;
    this.onDisconnect = onDisconnect;
  }

  Inbound inbound() {
    return inbound;
  }

  @Override
  boolean holds() {
    return !abandoned && !run.isStopping();
  }

  /** The current thread works for it until the ticket's exit. */
  Ticket dispatched(Slot slot) {
    return new Dispatched(this, slot);
  }

  /** A language model is called for it. */
  void calls() {
    if (!calledModel) {
      calledModel = true;
      if (onDisconnect.what() == DisconnectPolicy.What.AGENT) {
        if (abandoned) {
          requests.gone(this);
        } else {
          requests.watch(this);
        }
      }
    }
  }

  /** Whether its run is to be stopped when the client leaves. */
  boolean stopsOnDisconnect() {
    return switch (onDisconnect.what()) {
      case STOP -> true;
      case CONTINUE -> false;
      case AGENT -> calledModel;
    };
  }

  /**
   * The client has left. A server that notices it may have given the request up since: that its
   * answer was never complete is as good a reason then.
   */
  void left() {
    boolean givenUp;
    synchronized (this) {
      if (answered || !over && inbound.isAnswered()) {
        return;
      }
      givenUp = over;
    }
    if (stopsOnDisconnect()) {
      requests.runs.stop(run, Reason.DISCONNECT, remote(), "the client has left", false);
      if (isOverWithoutClient()) {
        end(null);
      }
    } else if (!givenUp) {
      abandoned = true; // Nobody waits for the answer, so it does not hold the run.
      run.leave(Verdict.End.COMPLETED);
      if (inbound.endsWithClient()) {
        requests.forget(this);
      } else if (inbound instanceof InboundSocket) {
        end(null);
      }
    }
  }

  private boolean isOverWithoutClient() {
    return inbound.endsWithClient() || inbound instanceof InboundSocket;
  }

  /**
   * Its run is over. A stopped one's answer may still be to come, and nobody be left to give it.
   */
  void runIsOver() {
    boolean waits;
    synchronized (this) {
      waits = suspended && !over;
    }
    if (waits && isRefused()) {
      requests.wakeLater(this);
    }
  }

  /**
   * The answer has not come: the server is made to take the request up, which is answered at its
   * edge, or it is answered here. Under the lock, since the server's objects serve another request
   * when this one is over.
   */
  void answerLate() {
    if (inbound.endsWithClient()) {
      if (!isOver()) {
        tell(answers, true); // Without ours, since such a server calls Belay inside its own lock.
      }
      return;
    }
    synchronized (this) {
      if (!over && !inbound.isAnswered() && !answers.wake()) {
        tell(answers, true);
      }
    }
  }

  private String remote() {
    return inbound.remoteAddress() + ':' + inbound.remotePort();
  }

  /** Whether a thread of Belay's may still ask {@link #inbound}; else the answer is complete. */
  synchronized boolean isOpen() {
    return !over && !inbound.isAnswered();
  }

  /** Whether it was stopped before it began, and is answered. */
  boolean refusedAtOnce() {
    boolean answered = isRefused() && tell(inbound, true);
    if (answered) {
      end(null);
    }
    return answered;
  }

  /**
   * The application's outermost filter, or one inside it, is about to be called.
   *
   * @param there by whom the application is answered for there
   */
  @Nullable Object enterEdge(Supplier<Inbound> there) {
    if (depth++ == 0 && isRefused() && tell(there.get(), true)) {
      depth = 0;
      return new Skip(null);
    }
    return (Ticket) (result, thrown) -> --depth == 0 ? leaveEdge(thrown, there.get()) : thrown;
  }

  private @Nullable Throwable leaveEdge(@Nullable Throwable thrown, Inbound there) {
    if (thrown == null && there.isPending()) {
      answers = there;
    }
    return settle(thrown, there);
  }

  /** The server takes it up again at the application's edge. */
  Object taken(Slot slot) {
    return isRefused() && tell(answers, true) ? new Skip(null) : dispatched(slot);
  }

  /** The server says that it has written the whole answer, unless that has failed. */
  void finished(@Nullable Throwable failure) {
    if (failure == null) {
      hasAnswered();
    }
    end(failure);
  }

  /** Unless the server has said before that nobody is left: then it only clears up. */
  private synchronized void hasAnswered() {
    Watcher.Entry entry = watched;
    answered = entry == null || !entry.isTold();
  }

  /** The application says that its answer, which came later, is complete. */
  void completes() {
    hasAnswered();
    if (isRefused()) {
      tell(answers, answers.status() >= 500 || answers.isBlank());
    }
  }

  /** What goes on to the server in place of {@code thrown}. */
  @Nullable Throwable settle(@Nullable Throwable thrown) {
    return settle(thrown, answers);
  }

  private @Nullable Throwable settle(@Nullable Throwable thrown, Inbound answer) {
    Frame.takenAlong(run, thrown);
    if (!isRefused()) {
      return thrown;
    }
    boolean failed = thrown != null || answer.status() >= 500;
    if (!failed && answer.isPending()) {
      return null; // Somebody else is at it.
    }
    return tell(answer, failed) ? null : thrown;
  }

  /**
   * A failure is about to be handled that the application, or its framework, would answer for.
   *
   * @param there by whom it would be answered for
   * @return whether it was answered instead
   */
  boolean fails(Throwable failure, Inbound there) {
    Frame.takenAlong(run, failure);
    return isRefused() && (tell(there, true) || tell(inbound, true) || isForNobody());
  }

  /** The application is about to answer with an error; whether it was answered instead. */
  boolean answersInstead() {
    return isRefused() && tell(answers, true);
  }

  /** Whether it was stopped because its client has left, on a server that knows of it as well. */
  private boolean isForNobody() {
    Stop stop = run.stopped();
    return stop != null && stop.reason() == Reason.DISCONNECT && inbound.endsWithClient();
  }

  private boolean isRefused() {
    return run.isStopping() && run.runs.policy.enforce();
  }

  /**
   * In place of an answer that failed, or at the end of a stream; {@code false} if it cannot be.
   */
  private boolean tell(Inbound answer, boolean failed) {
    Stop stop = run.stopped();
    if (stop == null || told) {
      return told;
    }
    told = true; // What answers may close the exchange, which comes by here again.
    int status = requests.policy.stoppedStatus();
    told =
        failed && answer.answer(status, StoppedAnswer.body(run.id(), stop))
            || answer.event(StoppedAnswer.event(run.id(), stop));
    return told;
  }

  /** The answer comes later. */
  void suspend() {
    boolean first;
    synchronized (this) {
      first = !suspended;
      suspended = true;
    }
    if (first) {
      join();
      run.returned(); // A stop need not wait for an answer that may never come.
      answers.mark(inbound.key());
      inbound.whenOver(this::closed);
    }
    if (!(inbound instanceof InboundSocket)) {
      requests.watch(this); // Who has many connections open and idle is told by the server.
    }
    if (isOver()) {
      leave(); // It was completed before it had joined.
    } else if (run.endedAt() != null) {
      runIsOver(); // Before this was known to wait.
    }
  }

  /** The server says that it is over, which it says in no method of its own. */
  private void closed() {
    if (inbound instanceof InboundSocket socket) {
      if (!socket.closedHere()) {
        requests.gone(this);
      }
      hasAnswered();
    }
    end(null);
  }

  /** Its answer is a connection, which its run is to last as long as. */
  void upgraded(InboundSocket socket) {
    requests.forget(this);
    synchronized (this) {
      if (over) {
        return;
      }
      inbound = socket;
      answers = socket;
    }
    suspend();
    if (stopsOnDisconnect()) {
      requests.watch(this); // By the connection's own key.
    } else {
      requests.know(this);
    }
  }

  /**
   * A message comes in on it: a run below its own.
   *
   * @return {@code null} when the connection's run is stopped, which its client has been told
   */
  @Nullable Ticket message(String origin) {
    Frame message;
    try {
      message = Frame.open(run, inbound.path(), origin);
    } catch (RunStoppedException stopped) {
      tellOnConnection();
      return null;
    }
    Slot slot = Carrier.slot();
    Served outer = slot.request;
    slot.request = this;
    return (result, thrown) -> {
      Carrier.slot().request = outer;
      message.exit(result, thrown);
      tellOnConnection();
      // A server may close the connection for a failure; a stopped message is none.
      return message.run.isStopping() ? null : thrown;
    };
  }

  private void tellOnConnection() {
    if (isRefused()) {
      Slot slot = Carrier.slot();
      Work at = slot.work;
      if (at != null) {
        at.tookWake(slot); // Whoever is interrupted closes the channel that he writes to.
      }
      tell(answers, true);
    }
  }

  synchronized boolean isOver() {
    return over;
  }

  /** The answer is complete, or nobody waits for it any more. */
  void end(@Nullable Throwable thrown) {
    Verdict.End how;
    synchronized (this) {
      if (over) {
        return;
      }
      over = true;
      boolean failed = thrown != null || inbound.status() >= 500;
      how = failed ? Verdict.End.FAILED : Verdict.End.COMPLETED;
    }
    requests.forget(this);
    leave();
    run.leave(how);
  }
}
