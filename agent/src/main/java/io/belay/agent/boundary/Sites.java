package io.belay.agent.boundary;

import io.belay.agent.run.As;
import io.belay.agent.run.Kind;
import java.util.ArrayList;
import java.util.Arrays;
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
public final class Sites extends TaskSites {
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

  /** The same, for the method with just these parameters. */
  public Sites wire(String method, String... parameters) {
    return add(method, Arrays.asList(parameters), Shape.WIRE, null, -1, null);
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

  /** A wait that makes an error of its own of an interrupt: told as the stop, if it came of one. */
  public Sites woken(String method, int arity) {
    return add(method, any(arity), Shape.WOKEN, null, -1, null);
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

  /**
   * A method that answers whether a failure among its arguments is worth another attempt: for a
   * refusal it answers {@code false}.
   */
  public Sites retry(String method, String... parameters) {
    return add(method, Arrays.asList(parameters), Shape.RETRY, null, -1, null);
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

  /**
   * A method that answers with a publisher, each subscription to which does what {@code does} names
   * (a name of {@code SubscriptionSite.Does}); what is published is woven as {@code as}, if given.
   */
  public Sites subscribed(String method, int arity, String does, String as) {
    add(method, any(arity), Shape.SUBSCRIBED, null, -1, null);
    change(last().text(does));
    return change(last().discovers(as));
  }

  /**
   * A method of a client that takes a database's command, or makes a connection, and answers later;
   * {@code does} is whether it {@code sends}, or the command only {@code sets out}.
   */
  public Sites command(String method, int arity, String does) {
    add(method, any(arity), Shape.COMMAND, null, -1, null);
    return change(last().text(does));
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

  /**
   * The application says with which status it answers, in argument 0: an error of its own making
   * that comes of a stop is answered in its place.
   */
  public Sites answered(String method, int arity) {
    return add(method, any(arity), Shape.ANSWERED, null, -1, null);
  }

  /** A server notices that the client has left. */
  public Sites left(String method, int arity) {
    return add(method, any(arity), Shape.LEFT, null, -1, null);
  }

  /** A server's answer is complete. */
  public Sites finished(String method, int arity) {
    return add(method, any(arity), Shape.FINISHED, null, -1, null);
  }

  /** A server answers a request by a change of protocol: its run goes on with the connection. */
  public Sites upgraded(String method, int arity) {
    return add(method, any(arity), Shape.UPGRADED, null, -1, null);
  }

  /** A server gives a message of such a connection to the application: a run below that. */
  public Sites message(String method, int arity) {
    return add(method, any(arity), Shape.MESSAGE, null, -1, null);
  }

  /** A call begins that its client may take back: a run. */
  public Sites called(String method, int arity) {
    return add(method, any(arity), Shape.CALLED, null, -1, null);
  }

  /** A client takes a call back. */
  public Sites takenBack(String method, int arity) {
    return add(method, any(arity), Shape.TAKEN_BACK, null, -1, null);
  }

  /** The same, for the method with just these parameters, {@code *} for any type. */
  public Sites takenBack(String method, String... parameters) {
    return add(method, Arrays.asList(parameters), Shape.TAKEN_BACK, null, -1, null);
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

  @Override
  Sites add(
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
