/**
 * How integration tests are written here: forked JVMs with the real {@code belay.jar}, a scripted
 * provider in the test's own JVM, and nothing of the agent on either class path.
 *
 * <p>A scenario in four steps:
 *
 * <pre>{@code
 * final class SlowCall implements App {          // the application; knows nothing of Belay
 *   public String run(String... args) throws Exception {
 *     Script.tell(args[0], "calling");           // a moment the test can wait for
 *     return new OkHttpClient().newCall(...args[1]...).execute().body().string();
 *   }
 * }
 *
 * @Scenario(libraries = {"okhttp-3.14.9", "okhttp-4.12.0"})    // times each JDK
 * void aBlockingCallIsAborted(Setting setting) {
 *   Jvm control = setting.withoutBelay();        // 1. the control: the call goes through
 *   Jvm belay = setting.withBelay("belay.stop.grace.http=0s");
 *   Work work = belay.start(SlowCall.class, "run-1", "run-1", provider.url("run-1"));
 *   Arrival call = provider.await("run-1");      // 2. the moment: the request has arrived
 *   belay.stop("run-1");                         // 3. returns when the stop is acknowledged
 *   assertTrue(call.awaitClientLeft());          // 4. what the outside has seen
 *   assertEquals("io.belay.api.RunStoppedException", work.thrown().type());
 * }
 * }</pre>
 *
 * <ul>
 *   <li>{@link io.belay.it.harness.Scenario}: expands a test over JDKs and sets of libraries; after
 *       it, each JVM it used must be clean: no live run but {@code jvm}, nothing in flight, no
 *       pooled thread that carries a run ({@link io.belay.it.harness.Script#pool}), no warning.
 *   <li>{@link io.belay.it.harness.Setting}: gives the forked JVM for that combination; JVMs are
 *       shared by all scenarios with the same JDK, libraries and options.
 *   <li>{@link io.belay.it.harness.Jvm}: starts applications in it, each as a run; stops runs.
 *   <li>{@link io.belay.it.harness.Libraries}: a set is a folder {@code target/libs/NAME}, filled
 *       by an {@code <execution>} of maven-dependency-plugin in this module's pom; {@code newest}
 *       is the tests' own class path, against which the applications are compiled.
 *   <li>{@link io.belay.it.harness.Provider}: an OpenAI-compatible HTTP server that the test moves
 *       by hand, and that knows when its client left.
 * </ul>
 *
 * <p>No test sleeps: {@link io.belay.it.harness.Await} waits for a condition, with a deadline.
 */
package io.belay.it.harness;
