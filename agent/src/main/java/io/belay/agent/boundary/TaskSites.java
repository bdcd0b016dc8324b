package io.belay.agent.boundary;

import io.belay.agent.run.As;
import io.belay.agent.run.Kind;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The words of {@link Sites} for work that changes hands: tasks, threads, objects that carry. */
abstract class TaskSites {
  /** A parameter through which a task changes hands. */
  public Sites handOff(String method, int position, As as, String... parameters) {
    return add(method, Arrays.asList(parameters), Shape.HAND_OFF, null, position, as);
  }

  /** The same, where the result, or what the constructor makes, is the future of the task. */
  public Sites handOffOwned(String method, int position, As as, String... parameters) {
    return add(method, Arrays.asList(parameters), Shape.HAND_OFF_OWNED, null, position, as);
  }

  /** The same, unless the task is one by which a library keeps itself going. */
  public Sites handOffOther(String method, int position, As as, String... parameters) {
    return add(method, Arrays.asList(parameters), Shape.HAND_OFF_OTHER, null, position, as);
  }

  /** The same, where the result is the future of the task. */
  public Sites handOffDelayed(String method, int position, As as, String... parameters) {
    return add(method, Arrays.asList(parameters), Shape.HAND_OFF_DELAYED, null, position, as);
  }

  /** A parameter through which a thread pool takes a task. */
  public Sites pool(String method, int position, String... parameters) {
    return add(method, Arrays.asList(parameters), Shape.POOL, null, position, null);
  }

  /** A parameter through which a scheduler takes a task that it does again and again. */
  public Sites recurring(String method, int position, String... parameters) {
    return add(method, Arrays.asList(parameters), Shape.RECURRING, null, position, null);
  }

  /** A task that keeps its identity changes hands; -1 for the receiver. */
  public Sites fork(String method, int position, String... parameters) {
    return add(method, Arrays.asList(parameters), Shape.FORK, null, position, null);
  }

  /** The thread itself does such a task at once, or the first of several. */
  public Sites invoke(String method, int position, String... parameters) {
    return add(method, Arrays.asList(parameters), Shape.INVOKE, null, position, null);
  }

  /** A timer takes such a task. */
  public Sites timed(String method, int position, String... parameters) {
    return add(method, Arrays.asList(parameters), Shape.TIMED, null, position, null);
  }

  /** A timer takes such a task, to do it again and again. */
  public Sites timedAgain(String method, int position, String... parameters) {
    return add(method, Arrays.asList(parameters), Shape.TIMED_AGAIN, null, position, null);
  }

  /** The receiver is a task that may be bound to a run, and is done now. */
  public Sites bonded(String method, int arity) {
    return add(method, any(arity), Shape.BONDED, null, -1, null);
  }

  /** A parameter that is a task that nobody is going to do. */
  public Sites drop(String method, int position, String... parameters) {
    return add(method, Arrays.asList(parameters), Shape.DROP, null, position, null);
  }

  /** A method that answers whether nobody is going to do its receiver any more. */
  public Sites cancels(String method, int arity) {
    return add(method, any(arity), Shape.CANCEL, null, -1, null);
  }

  /** A method after which nobody is going to do its receiver, or those that it returns. */
  public Sites dropped(String method, int arity) {
    return add(method, any(arity), Shape.DROPPED, null, -1, null);
  }

  /** A parameter through which the application looks at a task that it gave away. */
  public Sites bare(String method, int position, String... parameters) {
    return add(method, Arrays.asList(parameters), Shape.BARE, null, position, null);
  }

  /** A method by which the application takes a task back. */
  public Sites takeBack(String method, String... parameters) {
    return add(method, Arrays.asList(parameters), Shape.TAKE_BACK, null, 0, null);
  }

  /**
   * A moment in the life of an object that carries its run; arity -1 for any. What is given away is
   * the last parameter.
   */
  public Sites moment(Shape shape, String method, int arity) {
    int position = shape == Shape.OWNED_GIVEN ? arity - 1 : shape == Shape.JOB_QUEUED ? 0 : -1;
    return add(method, arity < 0 ? null : any(arity), shape, null, position, null);
  }

  /** A moment in the life of a future's listeners. */
  public Sites listener(Shape shape, String method, String... parameters) {
    return add(method, Arrays.asList(parameters), shape, null, -1, null);
  }

  /** The start of a thread. */
  public Sites threadStart(String method, int arity) {
    return add(method, any(arity), Shape.THREAD_START, null, -1, null);
  }

  /** The end of a thread. */
  public Sites threadEnd(String method, int arity) {
    return add(method, any(arity), Shape.THREAD_END, null, -1, null);
  }

  abstract Sites add(
      String method,
      @Nullable List<String> parameters,
      Shape shape,
      @Nullable Kind kind,
      int position,
      @Nullable As as);

  static List<String> any(int arity) {
    return Collections.nCopies(arity, "*");
  }
}
