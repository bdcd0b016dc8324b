package io.belay.agent;

import io.belay.agent.boundary.Boundaries;
import io.belay.agent.boundary.Boundary;
import io.belay.agent.boundary.Declared;
import io.belay.agent.boundary.JobMethods;
import io.belay.agent.boundary.Shape;
import io.belay.agent.boundary.SharedInfrastructure;
import io.belay.agent.boundary.Sites;
import io.belay.agent.rule.MethodPattern;
import io.belay.agent.run.As;
import io.belay.agent.run.AskSite;
import io.belay.agent.run.BareSite;
import io.belay.agent.run.BondSite;
import io.belay.agent.run.BondedSite;
import io.belay.agent.run.CallSite;
import io.belay.agent.run.CalledSite;
import io.belay.agent.run.Calls;
import io.belay.agent.run.CheckSite;
import io.belay.agent.run.CommandSite;
import io.belay.agent.run.CommitSite;
import io.belay.agent.run.DiscoverSite;
import io.belay.agent.run.DropSite;
import io.belay.agent.run.Ending;
import io.belay.agent.run.EntrySite;
import io.belay.agent.run.Gatekeeper;
import io.belay.agent.run.Infrastructure;
import io.belay.agent.run.JdbcSite;
import io.belay.agent.run.JobSite;
import io.belay.agent.run.Jobs;
import io.belay.agent.run.Kind;
import io.belay.agent.run.LetGoSite;
import io.belay.agent.run.ListenerSite;
import io.belay.agent.run.Listeners;
import io.belay.agent.run.OwnedSite;
import io.belay.agent.run.PoolSite;
import io.belay.agent.run.QuietSite;
import io.belay.agent.run.RecurringSite;
import io.belay.agent.run.RetrySite;
import io.belay.agent.run.Runs;
import io.belay.agent.run.ShieldSite;
import io.belay.agent.run.Site;
import io.belay.agent.run.SqlSite;
import io.belay.agent.run.StatementTexts;
import io.belay.agent.run.SubscriptionSite;
import io.belay.agent.run.TaskClasses;
import io.belay.agent.run.TaskSite;
import io.belay.agent.run.ThreadSite;
import io.belay.agent.run.WaitSite;
import java.lang.instrument.Instrumentation;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Turns what boundaries and the configuration name into sites that the gatekeeper knows. */
final class SiteFactory {
  /** What result sets are discovered as: statements make them, and they change rows. */
  private static final String RESULT_SETS = "jdbc.result-set";

  private final Runs runs;
  private final Weaver weaver;
  private final Adapters adapters;
  private final StatementTexts statements = new StatementTexts();
  private final TaskClasses tasks;
  private final TaskClasses pools;
  private final Jobs jobs;
  private final Calls calls;
  private final Listeners listeners = new Listeners();
  private final @Nullable RequestSites requests;

  SiteFactory(
      Runs runs,
      Weaver weaver,
      Adapters adapters,
      Instrumentation instrumentation,
      Settings settings) {
    this.runs = runs;
    this.weaver = weaver;
    this.adapters = adapters;
    this.tasks = new TaskClasses(found -> weaver.discovered("tasks", found));
    this.pools = new TaskClasses(found -> weaver.discovered("pools", found));
    this.jobs =
        new Jobs(
            settings.get(Keys.RUN_CARRY),
            new TaskClasses(found -> weaver.discovered("jobs", found)));
    this.calls = new Calls(runs);
    BootClasses.JavaBase.open(instrumentation, "java.util.concurrent");
    BootClasses.JavaBase.open(instrumentation, "java.lang");
    this.requests =
        settings.get(Keys.RUN_HTTP)
            ? new RequestSites(runs, adapters, settings, instrumentation)
            : null;
  }

  void declareAll(Settings settings) {
    new Infrastructure(SharedInfrastructure::lines, settings.get(Keys.RUN_NONE)).install();
    for (Boundary boundary : Boundaries.ALL) {
      if (settings.boundary(boundary.name())) {
        Sites sites = new Sites(boundary.name());
        boundary.declare(sites);
        add(sites.declared());
      }
    }
    for (MethodPattern pattern : settings.get(Keys.RUN_ENTRYPOINTS)) {
      add(new Sites("entrypoint").entry(pattern.text(), pattern.idArgument()), pattern);
    }
    for (MethodPattern pattern : settings.get(Keys.SHIELD)) {
      add(new Sites("shield").shield(pattern.text()), pattern);
    }
    for (MethodPattern pattern : settings.get(Keys.RUN_NONE)) {
      add(new Sites("none").exempt(pattern.text()), pattern);
    }
    List<MethodPattern> carry = settings.get(Keys.RUN_CARRY);
    for (MethodPattern pattern : carry) {
      add(JobMethods.constructors(), pattern);
    }
    if (!carry.isEmpty()) {
      add(JobMethods.all().declared());
    }
  }

  private void add(Sites configured, MethodPattern pattern) {
    Declared declared = configured.declared().get(0);
    Site site = site(declared);
    runs.gatekeeper().take(site);
    weaver.add(declared, site, pattern);
  }

  private void add(List<Declared> all) {
    for (Declared declared : all) {
      if (declared.shape().isInbound() && requests == null) {
        continue;
      }
      Site site = site(declared);
      runs.gatekeeper().take(site);
      weaver.add(declared, site);
    }
  }

  private Site call(Declared it, Kind kind) {
    Gatekeeper gatekeeper = runs.gatekeeper();
    return switch (kind) {
      case SQL ->
          new SqlSite(
              gatekeeper,
              it.boundary(),
              it.label(),
              SqlSite.Source.named(it.text()),
              statements,
              found -> weaver.discovered(RESULT_SETS, found),
              Aborts.named(it.abort()));
      case COMMIT ->
          new CommitSite(
              runs, it.boundary(), it.label(), Ending.named(it.ending()), Aborts.named(it.abort()));
      default ->
          new CallSite(
              gatekeeper,
              it.boundary(),
              it.label(),
              kind,
              adapters.named(it.adapter()),
              Texts.named(it.text()),
              Aborts.named(it.abort()));
    };
  }

  private Site jdbc(Declared it, JdbcSite.Tells tells) {
    return new JdbcSite(
        it.boundary(),
        it.label(),
        tells,
        statements,
        found -> weaver.discovered(it.discovers(), found));
  }

  private static Site owned(Declared it, OwnedSite.At at) {
    return new OwnedSite(it.boundary(), it.label(), at, Aborts.named(it.abort()));
  }

  private static Site callbacks(Declared it) {
    List<String> parameters = Objects.requireNonNull(it.parameters());
    return new TaskSite(it.boundary(), it.label(), parameters.get(it.position()));
  }

  private Site job(Declared it, JobSite.At at) {
    return new JobSite(it.boundary(), it.label(), at, jobs);
  }

  private Site site(Declared it) {
    Gatekeeper gatekeeper = runs.gatekeeper();
    String boundary = it.boundary();
    String label = it.label();
    return switch (it.shape()) {
      case GUARD -> call(it, Objects.requireNonNull(it.kind()));
      case WIRE, CHECK -> new CheckSite(gatekeeper, boundary, label, adapters.named(it.adapter()));
      case LET_GO -> new LetGoSite(boundary, label, adapters.named(it.adapter()));
      case WAIT, WOKEN -> new WaitSite(gatekeeper, boundary, label);
      case ASK, PAUSE -> new AskSite(gatekeeper, boundary, label, it.kind(), true);
      case RETRY -> new RetrySite(boundary, label);
      case TELL -> new AskSite(gatekeeper, boundary, label, null, false);
      case HAND_OFF, HAND_OFF_OWNED ->
          it.as() == As.CALLBACK
              ? callbacks(it)
              : new TaskSite(
                  boundary,
                  label,
                  Objects.requireNonNull(it.as()),
                  false,
                  it.method().equals("<init>"));
      case HAND_OFF_OTHER, HAND_OFF_DELAYED ->
          new TaskSite(boundary, label, Objects.requireNonNull(it.as()), true, false);
      case POOL -> new PoolSite(boundary, label, tasks, pools);
      case RECURRING -> new RecurringSite(boundary, label, pools, Aborts.named(it.abort()));
      case FORK -> new BondSite(boundary, label, BondSite.How.FORKED, tasks);
      case INVOKE -> new BondSite(boundary, label, BondSite.How.INVOKED, tasks);
      case TIMED -> new BondSite(boundary, label, BondSite.How.TIMED, tasks);
      case TIMED_AGAIN -> new BondSite(boundary, label, BondSite.How.TIMED_AGAIN, tasks);
      case BONDED -> new BondedSite(runs, boundary, label);
      case DROP, DROPPED, CANCEL -> new DropSite(boundary, label);
      case BARE, TAKE_BACK -> new BareSite(boundary, label);
      case THREAD_START, THREAD_END ->
          new ThreadSite(boundary, label, it.shape() == Shape.THREAD_START);
      case OWNED_MADE -> owned(it, OwnedSite.At.MADE);
      case OWNED_HELD -> owned(it, OwnedSite.At.HELD);
      case OWNED_ENDED -> owned(it, OwnedSite.At.ENDED);
      case OWNED_GIVEN -> owned(it, OwnedSite.At.GIVEN);
      case OWNED_RECEIVED -> owned(it, OwnedSite.At.RECEIVED);
      case OWNED_KEPT -> owned(it, OwnedSite.At.KEPT);
      case OWNED_DONE -> owned(it, OwnedSite.At.DONE);
      case LISTENER_ADDED -> new ListenerSite(boundary, label, listeners, ListenerSite.At.ADDED);
      case LISTENER_REMOVED ->
          new ListenerSite(boundary, label, listeners, ListenerSite.At.REMOVED);
      case LISTENER_CALLED -> new ListenerSite(boundary, label, listeners, ListenerSite.At.CALLED);
      case JOB_MADE -> job(it, JobSite.At.MADE);
      case JOB_QUEUED -> job(it, JobSite.At.QUEUED);
      case JOB_TAKEN -> job(it, JobSite.At.TAKEN);
      case JOB_DRAINED -> job(it, JobSite.At.DRAINED);
      case JOB_RUN -> job(it, JobSite.At.RUN);
      case JOB_CALLED -> job(it, JobSite.At.CALLED);
      case JOB_WORKED_ON -> job(it, JobSite.At.WORKED_ON);
      case NO_RUN, EXEMPT -> new QuietSite(runs, boundary, label, it.shape() == Shape.EXEMPT);
      case DISCOVER ->
          new DiscoverSite(boundary, label, found -> weaver.discovered(it.discovers(), found));
      case STATEMENT -> jdbc(it, JdbcSite.Tells.PREPARED);
      case BATCH -> jdbc(it, JdbcSite.Tells.BATCHED);
      case ROLLBACK -> jdbc(it, JdbcSite.Tells.ROLLED_BACK);
      case BELONGS -> jdbc(it, JdbcSite.Tells.BELONGS);
      case BRANCH -> jdbc(it, JdbcSite.Tells.BEGUN);
      case SUBSCRIBED ->
          new SubscriptionSite(
              gatekeeper,
              boundary,
              label,
              SubscriptionSite.Does.named(it.text()),
              statements,
              Objects.requireNonNull(adapters.named("R2dbcAdapter")),
              found -> weaver.discovered(it.discovers(), found));
      case COMMAND ->
          new CommandSite(
              gatekeeper,
              boundary,
              label,
              it.text().equals("sends"),
              statements,
              Objects.requireNonNull(adapters.named(it.adapter())));
      case ENTRY -> new EntrySite(runs, boundary, label, it.position());
      case CALLED, TAKEN_BACK ->
          new CalledSite(
              calls, boundary, label, adapters.calls(it.adapter()), it.shape() == Shape.CALLED);
      case SHIELD -> new ShieldSite(runs, boundary, label);
      case REQUEST,
          RESUMED,
          EDGE,
          EDGE_OR_REQUEST,
          COMPLETED,
          FINISHED,
          FAILED,
          ANSWERED,
          LEFT,
          ACCEPTED,
          UPGRADED,
          MESSAGE ->
          Objects.requireNonNull(requests).site(it);
    };
  }
}
