package io.belay.agent;

import io.belay.agent.boundary.Declared;
import io.belay.agent.log.Log;
import io.belay.agent.rule.MethodPattern;
import io.belay.agent.run.Kind;
import io.belay.agent.run.Site;
import io.belay.agent.run.Threads;
import io.belay.agent.run.WeavingScope;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.lang.reflect.Proxy;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Weaves the declared sites into the classes that they name, as those are loaded. Its first act for
 * every class is one look-up of the class's name; Byte Buddy is loaded when the first look-up hits.
 *
 * <p>Classes that every program loads are left alone until the first run begins: a program without
 * a run pays nothing for them.
 */
final class Weaver {
  /** A declaration with the site that the gatekeeper knows. */
  record Target(Declared declared, Site site, @Nullable MethodPattern pattern) {
    boolean matches(String method, List<String> parameters) {
      return pattern == null || declared.method().startsWith("<")
          ? declared.matches(method, parameters)
          : !method.startsWith("<") && pattern.matchesMethod(method);
    }
  }

  private static final String EXECUTORS = "executors";
  private static final String DRIVERS = "jdbc.driver";
  private static final String DATA_SOURCES = "jdbc.data-source";
  private static final String XA_DATA_SOURCES = "jdbc.xa-data-source";

  private final Instrumentation instrumentation;
  private final Coverage coverage;
  private final Requirements requirements;
  private final Map<String, List<Target>> wanted = new ConcurrentHashMap<>();
  private final Map<String, List<Target>> deferred = new HashMap<>();
  private final Map<String, List<Target>> groups = new HashMap<>();
  private final List<NamePrefix> prefixes = new ArrayList<>();
  private final Set<String> missedNames = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean warming = new AtomicBoolean();
  private final ExecutorClasses executors = new ExecutorClasses();
  private final ExecutorClasses dataSources =
      new ExecutorClasses(new String[] {"javax/sql/DataSource"}, "DataSource");
  private final ExecutorClasses xaDataSources =
      new ExecutorClasses(new String[] {"javax/sql/XADataSource"}, "XADataSource");
  private final ExecutorClasses drivers =
      new ExecutorClasses(new String[] {"java/sql/Driver"}, "Driver");
  private final Misnamed misnamed = new Misnamed();
  private final BondField bondField = new BondField();
  private final Set<String> wovenByPrefix = ConcurrentHashMap.newKeySet();
  private volatile boolean deferredWoven;
  private volatile boolean leaving;
  private volatile Runnable handOffsWoven = () -> {};

  /** Classes named by a pattern of the configuration; few, so they are tried in turn. */
  private record NamePrefix(String internalPrefix, MethodPattern pattern, Target target) {}

  Weaver(Instrumentation instrumentation, Coverage coverage, Requirements requirements) {
    this.instrumentation = instrumentation;
    this.coverage = coverage;
    this.requirements = requirements;
  }

  /** Adds a site. Before {@link #install}. */
  void add(Declared declared, Site site) {
    Target target = new Target(declared, site, null);
    coverage.declared(target);
    Map<String, List<Target>> index = declared.deferred() ? deferred : wanted;
    for (String type : declared.types()) {
      index.computeIfAbsent(type.replace('.', '/'), name -> new ArrayList<>()).add(target);
    }
    if (!declared.group().isEmpty()) {
      groups.computeIfAbsent(declared.group(), name -> new ArrayList<>()).add(target);
    }
  }

  /** Adds a site that the configuration names. Before {@link #install}. */
  void add(Declared declared, Site site, MethodPattern pattern) {
    Target target = new Target(declared, site, pattern);
    coverage.declared(target);
    String exact = pattern.exactClass();
    if (exact == null) {
      prefixes.add(new NamePrefix(pattern.classPrefix().replace('.', '/'), pattern, target));
    } else {
      wanted.computeIfAbsent(exact.replace('.', '/'), name -> new ArrayList<>()).add(target);
    }
  }

  /** Weaves the classes that have loaded already; from now on {@link #transform} has the others. */
  void install() {
    Set<String> names = new HashSet<>(wanted.keySet());
    if (!prefixes.isEmpty()) {
      for (Class<?> loaded : Loaded.classes(instrumentation)) {
        String name = loaded.getName().replace('.', '/');
        if (byPrefix(name) != null) {
          names.add(name);
        }
      }
    }
    reweave(names);
    if (deferred.containsKey(BondField.TYPE)) {
      // The one thing that cannot wait for the first run: a class gets its fields as it is loaded.
      wanted.putIfAbsent(BondField.TYPE, List.of());
    }
  }

  /** Says what is done once, when the hand-overs are woven. */
  void whenHandOffsAreWoven(Runnable then) {
    handOffsWoven = then;
  }

  /** A library of ours has come: a run is not far, and should not have to wait. */
  private void warmUp() {
    if (!deferredWoven && warming.compareAndSet(false, true)) {
      Threads.start(this::tryFirstRun, "belay-warm-up");
    }
  }

  private void tryFirstRun() {
    try {
      firstRun();
    } catch (Throwable untimely) {
      // Such as the JVM's end under way. Whoever begins the first run tries again, and is told.
    }
  }

  /**
   * Leaves every class as it was.
   *
   * @return whether {@link #transform} is not needed any more: a field that was added cannot be
   *     taken out again, and other agents must be able to go on weaving its class
   */
  boolean uninstall() {
    leaving = true;
    Set<String> names = new HashSet<>(wanted.keySet());
    names.addAll(wovenByPrefix);
    reweave(names);
    return !bondField.isAdded();
  }

  /** Belay comes late: what would have been discovered by its use is looked for. */
  void catchUpWithLoaded() {
    LateComers.discover(this, Loaded.classes(instrumentation));
  }

  /** A run is about to begin: work may change hands from now on. Returns when that is woven. */
  void firstRun() {
    if (!deferredWoven && !leaving) {
      synchronized (deferred) {
        if (!deferredWoven) {
          wanted.putAll(deferred);
          reweave(deferred.keySet());
          if (groups.containsKey(EXECUTORS)) {
            for (Class<?> own : executors.among(Loaded.classes(instrumentation))) {
              discovered(EXECUTORS, own);
            }
          }
          catchUpWithLoaded(); // A connection that was opened before was met nowhere.
          weaveMissed();
          deferredWoven = true;
          handOffsWoven.run();
        }
      }
    }
  }

  /** For a class that was just being loaded when the others were woven: neither there nor new. */
  void weaveHandOffsAgain() {
    reweave(deferred.keySet());
  }

  /** Weaves {@code found} and what it inherits from as members of {@code group}. */
  void discovered(String group, Class<?> found) {
    List<Target> targets = groups.get(group);
    if (targets == null || leaving) {
      return;
    }
    List<Class<?>> classes = new ArrayList<>();
    for (Class<?> type = found; isToWeave(type); type = type.getSuperclass()) {
      String name = type.getName().replace('.', '/');
      List<Target> known = wanted.getOrDefault(name, List.of());
      if (!known.containsAll(targets)) {
        List<Target> more = new ArrayList<>(known);
        targets.stream().filter(target -> !known.contains(target)).forEach(more::add);
        wanted.put(name, List.copyOf(more));
        classes.add(type);
      }
    }
    retransform(classes);
  }

  private static boolean isToWeave(@Nullable Class<?> type) {
    return type != null && type != Object.class && type != Proxy.class;
  }

  /** Whether a boundary is woven into the class: a thread inside it is not to be interrupted. */
  boolean isBoundary(String className) {
    List<Target> targets = wanted.get(className.replace('.', '/'));
    if (targets != null) {
      for (Target target : targets) {
        // An SDK's pause and a tool's own code wait as any other does.
        switch (target.declared().shape()) {
          case GUARD -> {
            if (target.declared().kind() != Kind.TOOL && target.declared().kind() != Kind.LLM) {
              return true;
            }
          }
          case WIRE, CHECK -> {
            return true;
          }
          default -> {}
        }
      }
    }
    return false;
  }

  private void reweave(Set<String> names) {
    List<Class<?>> classes = new ArrayList<>();
    for (Class<?> loaded : Loaded.classes(instrumentation)) {
      if (names.contains(loaded.getName().replace('.', '/'))
          && instrumentation.isModifiableClass(loaded)) {
        classes.add(loaded);
      }
    }
    retransform(classes);
  }

  private void retransform(List<Class<?>> classes) {
    if (!classes.isEmpty()) {
      try {
        instrumentation.retransformClasses(classes.toArray(new Class<?>[0]));
      } catch (UnmodifiableClassException | RuntimeException | LinkageError e) {
        if (classes.size() == 1) {
          Log.error("cannot weave " + classes, e);
        } else {
          // One that cannot must not keep the others from it.
          for (Class<?> one : classes) {
            retransform(List.of(one));
          }
        }
      }
    }
  }

  /** As {@link ClassFileTransformer#transform}. */
  byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      @Nullable String name,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] bytes) {
    if (name == null) {
      return null;
    }
    if (leaving) {
      return name.equals(BondField.TYPE) ? bondField.add(bytes, redefined != null) : null;
    }
    List<Target> targets = wanted.get(name);
    if (targets == null && !prefixes.isEmpty()) {
      targets = byPrefix(name);
    }
    if (deferredWoven && loader != null && redefined == null) {
      targets = byAncestry(loader, name, bytes, targets);
    }
    if (targets == null) {
      return null;
    }
    byte[] more = name.equals(BondField.TYPE) ? bondField.add(bytes, redefined != null) : null;
    byte[] woven =
        targets.isEmpty() ? null : weave(loader, name, targets, more == null ? bytes : more);
    return woven == null ? more : woven;
  }

  /**
   * What is woven into the class, with what is woven into executors, drivers and data sources if it
   * is one: those that an application makes itself are met nowhere else.
   */
  private @Nullable List<Target> byAncestry(
      ClassLoader loader, String name, byte[] bytes, @Nullable List<Target> known) {
    if (ExecutorClasses.isOurs(name.replace('/', '.'))) {
      return known;
    }
    List<String> supertypes = ExecutorClasses.supertypes(bytes);
    List<Target> all = known;
    Function<String, byte @Nullable []> read = of -> classFile(loader, of);
    all = more(all, EXECUTORS, executors.isOne(name, supertypes, read));
    all = more(all, DATA_SOURCES, dataSources.isOne(name, supertypes, read));
    all = more(all, XA_DATA_SOURCES, xaDataSources.isOne(name, supertypes, read));
    all = more(all, DRIVERS, drivers.isOne(name, supertypes, read));
    if (all != null && !all.equals(known)) {
      wanted.put(name, all);
    }
    return all;
  }

  private @Nullable List<Target> more(@Nullable List<Target> known, String group, boolean isOne) {
    List<Target> targets = isOne ? groups.get(group) : null;
    if (targets == null || known != null && known.containsAll(targets)) {
      return known;
    }
    List<Target> all = new ArrayList<>(targets);
    if (known != null) {
      known.stream().filter(target -> !targets.contains(target)).forEach(all::add);
    }
    return List.copyOf(all);
  }

  private static byte @Nullable [] classFile(ClassLoader loader, String name) {
    try (InputStream in = loader.getResourceAsStream(name + ".class")) {
      return in == null ? null : in.readAllBytes();
    } catch (IOException | RuntimeException unreadable) {
      return null;
    }
  }

  private @Nullable List<Target> byPrefix(String name) {
    List<Target> matching = null;
    for (NamePrefix prefix : prefixes) {
      if (name.startsWith(prefix.internalPrefix())
          && prefix.pattern().matchesClass(name.replace('/', '.'))) {
        matching = matching == null ? new ArrayList<>() : matching;
        matching.add(prefix.target());
        wovenByPrefix.add(name);
      }
    }
    return matching;
  }

  private byte @Nullable [] weave(
      @Nullable ClassLoader loader, String name, List<Target> targets, byte[] bytes) {
    if (!WeavingScope.enter()) {
      // Byte Buddy itself has just made the JVM load a class that we want: it must not be entered
      // again, so that class has its turn afterwards.
      missedNames.add(name);
      return null;
    }
    try {
      byte[] woven = Weaving.weave(loader, name, targets, bytes, coverage);
      for (Target target : targets) {
        Declared declared = target.declared();
        misnamed.look(target, name.replace('/', '.'), coverage);
        if (!declared.optional() && !coverage.matchedIn(target, name.replace('/', '.'))) {
          requirements.missing(
              declared.boundary(),
              name.replace('/', '.') + " has nothing that " + declared.label() + " names");
        }
      }
      return woven;
    } catch (Throwable fault) {
      for (Target target : targets) {
        requirements.missing(
            target.declared().boundary(), name.replace('/', '.') + " cannot be woven: " + fault);
      }
      coverage.failed(targets, loader, fault);
      Log.error("cannot weave " + name.replace('/', '.') + "; it is left as it is", fault);
      return null;
    } finally {
      WeavingScope.leave();
      warmUp();
      catchUp();
    }
  }

  private void catchUp() {
    // Who weaves for the first run catches up himself: it must not begin with anything missing.
    if (!missedNames.isEmpty() && !Thread.holdsLock(deferred)) {
      // On a thread of ours: the class that is being loaded here is not there yet.
      Threads.start(this::weaveMissed, "belay-weave");
    }
  }

  /** Weaving what was missed may make the JVM load, and miss, one more. */
  private void weaveMissed() {
    while (!missedNames.isEmpty()) {
      Set<String> names = Set.copyOf(missedNames);
      missedNames.removeAll(names);
      reweave(names);
    }
  }
}
