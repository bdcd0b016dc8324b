package io.belay.agent.boundary;

import io.belay.agent.run.As;
import io.belay.agent.run.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The language in which a {@link Boundary} names its call sites:
 *
 * <pre>
 * sites.in("okhttp3.RealCall", "okhttp3.internal.connection.RealCall")
 *     .guard(Kind.HTTP, "execute", 0).adapter("OkHttpAdapter")
 *     .guard(Kind.HTTP, "enqueue", 1).adapter("OkHttpAdapter");
 * </pre>
 *
 * A word names a method, the words after it say more of that method, {@code in} turns to other
 * types. Methods are told apart by the number of parameters or by their types.
 */
public final class Sites {
  private final String boundary;
  private final List<Declared> declared = new ArrayList<>();
  private List<String> types = List.of();
  private String group = "";
  private boolean deferred;

  /** The sites of one boundary. */
  public Sites(String boundary) {
    this.boundary = boundary;
  }

  /** All that was declared. */
  public List<Declared> declared() {
    return List.copyOf(declared);
  }

  /** The classes meant from here on, by binary name; all that exist are woven. */
  public Sites in(String... names) {
    types = List.of(names);
    group = "";
    return this;
  }

  /** The classes meant from here on are those that were discovered under this name. */
  public Sites inDiscovered(String name) {
    types = List.of();
    group = name;
    return this;
  }

  /** As {@link #in}, and classes discovered under {@code name} too. */
  public Sites in(String name, List<String> names) {
    types = List.copyOf(names);
    group = name;
    return this;
  }

  /** What follows is woven when the first run begins, and not before. */
  public Sites atFirstRun() {
    deferred = true;
    return this;
  }

  /** A boundary: any method of that name with so many parameters. */
  public Sites guard(Kind kind, String method, int arity) {
    return add(method, any(arity), Shape.GUARD, kind, -1, null);
  }

  /** A boundary: the method with just these parameters, {@code *} for any type. */
  public Sites guard(Kind kind, String method, String... parameters) {
    return add(method, Arrays.asList(parameters), Shape.GUARD, kind, -1, null);
  }

  /** A boundary: every method of that name. */
  public Sites guardAll(Kind kind, String method) {
    return add(method, null, Shape.GUARD, kind, -1, null);
  }

  /** The innermost hook of a client, where what was rewritten is applied. */
  public Sites wire(String method, int arity) {
    return add(method, any(arity), Shape.WIRE, null, -1, null);
  }

  /** The innermost hook of a client, where each attempt is asked about again. */
  public Sites check(String method, int arity) {
    return add(method, any(arity), Shape.CHECK, null, -1, null);
  }

  /** The same for every method of that name. */
  public Sites checkAll(String method) {
    return add(method, null, Shape.CHECK, null, -1, null);
  }

  /** The receiver's answer is given up by it, read or not. */
  public Sites letGo(String method, int arity) {
    return add(method, any(arity), Shape.LET_GO, null, -1, null);
  }

  /** Asked again and again by a wait that an interrupt does not end. */
  public Sites waits(String method, int arity) {
    return add(method, any(arity), Shape.WAIT, null, -1, null);
  }

  /**
   * A method of an SDK that leads to boundaries of {@code kind} further down, around its retries: a
   * stopped run is refused on entry, and what it throws because of the stop is told as such.
   * Whoever waits inside may be woken.
   */
  public Sites ask(Kind kind, String method, int arity) {
    return add(method, any(arity), Shape.ASK, kind, -1, null);
  }

  /**
   * A method above clients, which makes errors of its own of theirs: what it throws because of a
   * stop is told as such. Asks nothing, so rules that let calls pass are the clients' to apply.
   */
  public Sites tell(String method, int arity) {
    return add(method, any(arity), Shape.TELL, null, -1, null);
  }

  /**
   * Every method of that name, where an SDK pauses between two attempts: a stopped run does not.
   */
  public Sites pause(String method) {
    return add(method, null, Shape.PAUSE, null, -1, null);
  }

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

  /** The start of a thread. */
  public Sites threadStart(String method, int arity) {
    return add(method, any(arity), Shape.THREAD_START, null, -1, null);
  }

  /** The end of a thread. */
  public Sites threadEnd(String method, int arity) {
    return add(method, any(arity), Shape.THREAD_END, null, -1, null);
  }

  /** A region of shared infrastructure: what begins inside belongs to no run. */
  public Sites noRun(String method) {
    return add(method, null, Shape.NO_RUN, null, -1, null);
  }

  /** The same, and its own boundary calls are never refused. */
  public Sites exempt(String method) {
    return add(method, null, Shape.EXEMPT, null, -1, null);
  }

  /** A method whose result's class is woven as {@code as} from then on. */
  public Sites discover(String method, int arity, String as) {
    add(method, any(arity), Shape.DISCOVER, null, -1, null);
    return change(last().discovers(as));
  }

  /** A method whose argument 0 is of a class that is woven as {@code as} from then on. */
  public Sites discoverGiven(String method, String as, String... parameters) {
    add(method, Arrays.asList(parameters), Shape.DISCOVER, null, 0, null);
    return change(last().discovers(as));
  }

  /** A method that makes a statement of its text, of a class that is woven as {@code as}. */
  public Sites statement(String method, String as) {
    add(method, null, Shape.STATEMENT, null, -1, null);
    return change(last().discovers(as));
  }

  /** A method that adds a statement's text to a batch. */
  public Sites batch(String method, String... parameters) {
    return add(method, Arrays.asList(parameters), Shape.BATCH, null, -1, null);
  }

  /** A method that takes a transaction back. */
  public Sites rollback(String method, int arity) {
    return add(method, any(arity), Shape.ROLLBACK, null, -1, null);
  }

  /**
   * A method whose result, of a class that is woven as {@code as}, works on the transactions of its
   * receiver.
   */
  public Sites belongs(String method, int arity, String as) {
    add(method, any(arity), Shape.BELONGS, null, -1, null);
    return change(last().discovers(as));
  }

  /** A method that begins a branch of a distributed transaction. */
  public Sites branch(String method, int arity) {
    return add(method, any(arity), Shape.BRANCH, null, -1, null);
  }

  /** A method whose call is a run. */
  public Sites entry(String method, int idArgument) {
    return add(method, null, Shape.ENTRY, null, idArgument, null);
  }

  /** A server dispatches a request: a run begins. */
  public Sites request(String method, int arity) {
    return add(method, any(arity), Shape.REQUEST, null, -1, null);
  }

  /** The same, for the method with just these parameters. */
  public Sites request(String method, String... parameters) {
    return add(method, Arrays.asList(parameters), Shape.REQUEST, null, -1, null);
  }

  /** What is done about a failure, which is an argument: one that comes of a stop is answered. */
  public Sites failed(String method, int arity) {
    return add(method, any(arity), Shape.FAILED, null, -1, null);
  }

  /** The same, for the method with just these parameters. */
  public Sites failed(String method, String... parameters) {
    return add(method, Arrays.asList(parameters), Shape.FAILED, null, -1, null);
  }

  /** A server takes up a request whose answer was still to come. */
  public Sites resumed(String method, int arity) {
    return add(method, any(arity), Shape.RESUMED, null, -1, null);
  }

  /** A server calls the application: what comes out of a stopped run is answered here. */
  public Sites edge(String method, int arity) {
    return add(method, any(arity), Shape.EDGE, null, -1, null);
  }

  /** The same; a request begins here if no dispatch of the server is woven. */
  public Sites edgeOrRequest(String method, String... parameters) {
    return add(method, Arrays.asList(parameters), Shape.EDGE_OR_REQUEST, null, -1, null);
  }

  /** The application says that an answer that came later is complete. */
  public Sites completed(String method, int arity) {
    return add(method, any(arity), Shape.COMPLETED, null, -1, null);
  }

  /** A server notices that the client has left. */
  public Sites left(String method, int arity) {
    return add(method, any(arity), Shape.LEFT, null, -1, null);
  }

  /** A server's answer is complete. */
  public Sites finished(String method, int arity) {
    return add(method, any(arity), Shape.FINISHED, null, -1, null);
  }

  /** A method whose result is a connection that a server has accepted. */
  public Sites accepted(String method, int arity) {
    return add(method, any(arity), Shape.ACCEPTED, null, -1, null);
  }

  /** The same, for the method with just these parameters, {@code *} for any type. */
  public Sites entry(String method, int idArgument, String... parameters) {
    return add(method, Arrays.asList(parameters), Shape.ENTRY, null, idArgument, null);
  }

  /** A method inside which everything passes. */
  public Sites shield(String method) {
    return add(method, null, Shape.SHIELD, null, -1, null);
  }

  /** The adapter that reads the traffic: a class of {@code io.belay.agent.http}. */
  public Sites adapter(String simpleName) {
    return change(last().adapter(simpleName));
  }

  /** How a call in flight is ended: a method of the receiver, or {@code interrupt}. */
  public Sites abort(String how) {
    return change(last().abort(how));
  }

  /** How a transaction ends by it: a name of {@code io.belay.agent.run.Ending}. */
  public Sites ending(String name) {
    return change(last().ending(name));
  }

  /** Where the call's text is; see the names in the weaver. */
  public Sites text(String name) {
    return change(last().text(name));
  }

  /** Only some versions have the method: matching nothing is no fault. */
  public Sites optional() {
    return change(last().optional());
  }

  private static List<String> any(int arity) {
    return Collections.nCopies(arity, "*");
  }

  private Sites add(
      String method,
      @Nullable List<String> parameters,
      Shape shape,
      @Nullable Kind kind,
      int position,
      @Nullable As as) {
    declared.add(
        Declared.plain(
            boundary, types, group, method, parameters, shape, kind, position, as, deferred));
    return this;
  }

  private Declared.Change last() {
    return new Declared.Change(declared.get(declared.size() - 1));
  }

  private Sites change(Declared changed) {
    declared.set(declared.size() - 1, changed);
    return this;
  }
}
