package io.belay.agent.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.belay.agent.boundary.SharedInfrastructure;
import io.belay.agent.rule.MethodPattern;
import java.util.List;
import java.util.TimerTask;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** What the table of infrastructure and {@code belay.run.none} say of names and of types. */
class InfrastructureTest {
  private final Infrastructure shipped = new Infrastructure(SharedInfrastructure::lines, List.of());

  @Test
  void ofTheApacheProjectsOnlyWhatServesWhoeverComesIsNobodys() {
    for (String plumbing :
        List.of(
            "org.apache.tomcat.util.net.NioEndpoint$Poller",
            "org.apache.catalina.core.ContainerBase$ContainerBackgroundProcessor",
            "org.apache.http.impl.client.IdleConnectionEvictor$1",
            "org.apache.hc.core5.reactor.SingleCoreIOReactor",
            "org.apache.commons.pool2.impl.BaseGenericObjectPool$Evictor",
            "org.apache.derby.impl.services.daemon.BasicDaemon",
            "org.apache.pekko.dispatch.Mailbox")) {
      assertTrue(shipped.isNobodys(plumbing), plumbing);
      assertTrue(shipped.keeps(plumbing), plumbing);
    }
    for (String others :
        List.of(
            "org.apache.camel.processor.WireTapProcessor",
            "org.apache.pulsar.client.impl.ConsumerImpl",
            "org.apache.kafka.streams.processor.internals.StreamThread",
            "org.apache.spark.executor.Executor$TaskRunner")) {
      assertFalse(shipped.isNobodys(others), others);
      assertFalse(shipped.keeps(others), others);
    }
  }

  @Test
  void anApplicationsTaskInALibrarysClothesIsNotKept() {
    assertFalse(shipped.keeps("java.util.stream.ReduceOps$ReduceTask"));
    assertFalse(shipped.keeps("com.google.common.util.concurrent.TrustedListenableFutureTask"));
    assertTrue(shipped.keeps("com.google.common.util.concurrent.SequentialExecutor$QueueWorker"));
    assertFalse(
        shipped.keeps("org.springframework.aop.interceptor.AsyncExecutionInterceptor$$Lambda/1"));
    assertTrue(shipped.wraps("reactor.core.scheduler.SchedulerTask"));
  }

  @Test
  void aTypeOfTheConfigurationIsItsSubtypesAndItsLambdasAndAMethodIsNoType() {
    Infrastructure configured =
        new Infrastructure(
            List::of,
            List.of(
                MethodPattern.parseClass(Filler.class.getName()),
                MethodPattern.parse(InfrastructureTest.class.getName() + "#fill")));
    assertTrue(configured.serves(Filler.class));
    assertTrue(configured.serves(Faster.class));
    assertTrue(configured.serves(new Filler().lambda().getClass()));
    assertFalse(configured.serves(TimerTask.class));
    Runnable own = () -> {};
    assertFalse(configured.serves(own.getClass()), "a method was named, and no type");
  }

  @Test
  void eachEntryHasARoleANameAndAReason() {
    assertFalse(shipped.keeps("com.acme.Agent"));
    for (String line : List.of("keeps com.acme.", "helps com.acme. a reason", "nobody")) {
      Infrastructure wrong = new Infrastructure(() -> List.of(line), List.of());
      assertThrows(IllegalArgumentException.class, () -> wrong.keeps("com.acme.Agent"), line);
    }
    long entries =
        SharedInfrastructure.lines().stream()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .distinct()
            .count();
    assertEquals(
        entries,
        SharedInfrastructure.lines().stream()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .map(line -> String.join(" ", List.of(line.split(" +")).subList(0, 2)))
            .distinct()
            .count(),
        "an entry twice");
  }

  private static class Filler extends TimerTask {
    @Override
    public void run() {}

    Callable<Object> lambda() {
      return this::toString;
    }
  }

  private static final class Faster extends Filler {}
}
