package io.belay.agent;

import io.belay.agent.advice.Added;
import io.belay.agent.advice.Check;
import io.belay.agent.advice.Closing;
import io.belay.agent.advice.Guard;
import io.belay.agent.advice.HandOff0;
import io.belay.agent.advice.HandOff1;
import io.belay.agent.advice.HandOff2;
import io.belay.agent.advice.HandOffSelf;
import io.belay.agent.advice.MadeOf;
import io.belay.agent.advice.Opened;
import io.belay.agent.advice.Owner0;
import io.belay.agent.advice.Owner1;
import io.belay.agent.advice.Owner2;
import io.belay.agent.advice.PlainGuard;
import io.belay.agent.advice.Region;
import io.belay.agent.advice.Served;
import io.belay.agent.advice.SiteId;
import io.belay.agent.boundary.Declared;
import java.util.List;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.dynamic.scaffold.MethodGraph;
import net.bytebuddy.dynamic.scaffold.TypeValidation;
import net.bytebuddy.implementation.Implementation;
import net.bytebuddy.matcher.ElementMatcher;
import net.bytebuddy.pool.TypePool;
import org.jspecify.annotations.Nullable;

/** What Byte Buddy does for us: copies an advice into each method that a declaration matches. */
final class Weaving {
  private static final ByteBuddy BYTE_BUDDY =
      new ByteBuddy()
          .with(TypeValidation.DISABLED)
          .with(MethodGraph.Compiler.ForDeclaredMethods.INSTANCE)
          .with(Implementation.Context.Disabled.Factory.INSTANCE);

  private Weaving() {}

  static byte @Nullable [] weave(
      @Nullable ClassLoader loader,
      String name,
      List<Weaver.Target> targets,
      byte[] bytes,
      Coverage coverage) {
    String type = name.replace('/', '.');
    ClassFileLocator locator =
        new ClassFileLocator.Compound(
            ClassFileLocator.Simple.of(type, bytes),
            loader == null
                ? ClassFileLocator.ForClassLoader.ofBootLoader()
                : ClassFileLocator.ForClassLoader.of(loader));
    TypeDescription described =
        TypePool.Default.WithLazyResolution.of(locator).describe(type).resolve();
    DynamicType.Builder<?> builder = BYTE_BUDDY.decorate(described, locator);
    boolean woven = false;
    for (Weaver.Target target : targets) {
      int matched = 0;
      for (MethodDescription method : described.getDeclaredMethods()) {
        matched += matches(target, method) ? 1 : 0;
      }
      coverage.woven(target, loader, type, matched);
      if (matched > 0) {
        woven = true;
        builder =
            builder.visit(
                Advice.withCustomMapping()
                    .bind(SiteId.class, (Object) target.site().number())
                    .to(advice(target.declared()))
                    .on(matcher(target)));
      }
    }
    return woven ? builder.make().getBytes() : null;
  }

  private static ElementMatcher<MethodDescription> matcher(Weaver.Target target) {
    return method -> method != null && matches(target, method);
  }

  /** Whether the declaration means this method; abstract ones have no code to take part in. */
  static boolean matches(Weaver.Target target, MethodDescription method) {
    return !method.isAbstract()
        && !method.isNative()
        && !method.isSynthetic()
        && target.matches(
            method.getInternalName(),
            method.getParameters().asTypeList().asErasures().stream()
                .map(TypeDescription::getName)
                .toList());
  }

  private static Class<?> advice(Declared declared) {
    boolean constructor = declared.method().equals("<init>");
    boolean plain = declared.parameters() != null && declared.parameters().isEmpty();
    return switch (declared.shape()) {
      case GUARD, WIRE, ASK, TELL, WOKEN, PAUSE, ENTRY, SUBSCRIBED, COMMAND ->
          plain ? PlainGuard.class : Guard.class;
      case NO_RUN, EXEMPT, SHIELD, CANCEL -> PlainGuard.class;
      case BONDED, JOB_RUN, JOB_CALLED, JOB_WORKED_ON -> Region.class;
      case TAKE_BACK -> Guard.class;
      case JOB_TAKEN -> PlainGuard.class;
      case JOB_DRAINED -> Guard.class;
      case OWNED_DONE -> Region.class;
      case OWNED_RECEIVED, LISTENER_CALLED -> Guard.class;
      case OWNED_MADE, OWNED_HELD, OWNED_ENDED, OWNED_KEPT -> Opened.class;
      case JOB_MADE -> Opened.class;
      case JOB_QUEUED, LISTENER_ADDED, LISTENER_REMOVED -> HandOff0.class;
      case CHECK, WAIT, THREAD_START -> Check.class;
      // Thread.exit drops the thread's locals, and with them what the thread works for.
      case THREAD_END -> declared.method().equals("exit") ? Closing.class : Opened.class;
      case ROLLBACK, BELONGS, BRANCH, DROPPED, ACCEPTED -> Opened.class;
      case LET_GO -> Closing.class;
      case FAILED, ANSWERED, CALLED, TAKEN_BACK, UPGRADED, RETRY -> Guard.class;
      case REQUEST, RESUMED, EDGE, EDGE_OR_REQUEST, COMPLETED, FINISHED, LEFT, MESSAGE ->
          Served.class;
      case DISCOVER -> declared.position() == 0 ? HandOff0.class : Opened.class;
      case STATEMENT -> MadeOf.class;
      case BATCH -> Added.class;
      case RECURRING -> declared.position() == 0 ? Owner0.OfMethod.class : Owner2.OfMethod.class;
      case HAND_OFF,
          HAND_OFF_OTHER,
          POOL,
          FORK,
          INVOKE,
          OWNED_GIVEN,
          TIMED,
          TIMED_AGAIN,
          DROP,
          BARE ->
          switch (declared.position()) {
            case -1 -> HandOffSelf.class;
            case 0 -> HandOff0.class;
            case 1 -> HandOff1.class;
            default -> HandOff2.class;
          };
      case HAND_OFF_OWNED, HAND_OFF_DELAYED ->
          declared.position() == 0
              ? constructor ? Owner0.OfConstructor.class : Owner0.OfMethod.class
              : constructor ? Owner1.OfConstructor.class : Owner1.OfMethod.class;
    };
  }
}
