package io.belay.agent.boundary;

import io.belay.agent.run.As;
import io.belay.agent.run.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One declared call site: what to weave where, as data.
 *
 * @param boundary the boundary's name
 * @param types binary names of the classes; empty when they are discovered by use
 * @param group the name under which discovered classes are put here; empty for none
 * @param method the method's name; {@code <init>} for constructors; may end in {@code *}
 * @param parameters binary names of the parameter types, {@code *} for any; {@code null} for any
 *     parameters at all
 * @param shape how to take part
 * @param kind what a boundary call is; {@code null} for other shapes
 * @param adapter simple name of the adapter that reads the traffic; empty for none
 * @param abort how a call in flight is ended: a method of the receiver, {@code interrupt}, or empty
 *     for calls that finish
 * @param ending what precedes a ending, by name; empty for nothing
 * @param text where the call's text is, by name; empty for the label
 * @param position which parameter a task is in, or which is a run's id; -1 for none
 * @param as what a task looks like; {@code null} for other shapes
 * @param discovers the group into which the result's class is put; empty for none
 * @param optional whether it may match nothing in a class it names, because only some versions have
 *     it
 * @param deferred whether it is woven when the first run begins and not before: in classes of the
 *     JDK that every program loads
 */
public record Declared(
    String boundary,
    List<String> types,
    String group,
    String method,
    @Nullable List<String> parameters,
    Shape shape,
    @Nullable Kind kind,
    String adapter,
    String abort,
    String ending,
    String text,
    int position,
    @Nullable As as,
    String discovers,
    boolean optional,
    boolean deferred) {

  /** One of which nothing further has been said yet. */
  static Declared plain(
      String boundary,
      List<String> types,
      String group,
      String method,
      @Nullable List<String> parameters,
      Shape shape,
      @Nullable Kind kind,
      int position,
      @Nullable As as,
      boolean deferred) {
    return new Declared(
        boundary,
        types,
        group,
        method,
        parameters,
        shape,
        kind,
        "",
        "",
        "",
        "",
        position,
        as,
        "",
        false,
        deferred);
  }

  /** Type and method, for people. */
  public String label() {
    String type = group.isEmpty() && !types.isEmpty() ? types.get(0) : group;
    if (type.isEmpty()) {
      return method; // A pattern of the configuration, which says it all.
    }
    return type.substring(type.lastIndexOf('.') + 1) + '.' + method;
  }

  /** Whether {@code name} with {@code given} parameter types is the method meant. */
  public boolean matches(String name, List<String> given) {
    boolean named =
        method.endsWith("*")
            ? name.startsWith(method.substring(0, method.length() - 1)) && !name.startsWith("<")
            : name.equals(method);
    if (!named || parameters == null) {
      return named;
    }
    if (given.size() != parameters.size()) {
      return false;
    }
    for (int i = 0; i < given.size(); i++) {
      if (!parameters.get(i).equals("*") && !parameters.get(i).equals(given.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** Changes one property of a declaration. */
  record Change(Declared of) {
    Declared adapter(String value) {
      return new Declared(
          of.boundary,
          of.types,
          of.group,
          of.method,
          of.parameters,
          of.shape,
          of.kind,
          value,
          of.abort,
          of.ending,
          of.text,
          of.position,
          of.as,
          of.discovers,
          of.optional,
          of.deferred);
    }

    Declared abort(String value) {
      return new Declared(
          of.boundary,
          of.types,
          of.group,
          of.method,
          of.parameters,
          of.shape,
          of.kind,
          of.adapter,
          value,
          of.ending,
          of.text,
          of.position,
          of.as,
          of.discovers,
          of.optional,
          of.deferred);
    }

    Declared ending(String value) {
      return new Declared(
          of.boundary,
          of.types,
          of.group,
          of.method,
          of.parameters,
          of.shape,
          of.kind,
          of.adapter,
          of.abort,
          value,
          of.text,
          of.position,
          of.as,
          of.discovers,
          of.optional,
          of.deferred);
    }

    Declared text(String value) {
      return new Declared(
          of.boundary,
          of.types,
          of.group,
          of.method,
          of.parameters,
          of.shape,
          of.kind,
          of.adapter,
          of.abort,
          of.ending,
          value,
          of.position,
          of.as,
          of.discovers,
          of.optional,
          of.deferred);
    }

    Declared discovers(String value) {
      return new Declared(
          of.boundary,
          of.types,
          of.group,
          of.method,
          of.parameters,
          of.shape,
          of.kind,
          of.adapter,
          of.abort,
          of.ending,
          of.text,
          of.position,
          of.as,
          value,
          of.optional,
          of.deferred);
    }

    Declared optional() {
      return new Declared(
          of.boundary,
          of.types,
          of.group,
          of.method,
          of.parameters,
          of.shape,
          of.kind,
          of.adapter,
          of.abort,
          of.ending,
          of.text,
          of.position,
          of.as,
          of.discovers,
          true,
          of.deferred);
    }
  }
}
