/**
 * All policy: the tree of runs, who may begin a call, what happens to calls in flight when a stop
 * comes, and the report of it.
 *
 * <p>Nothing here knows a library's name or how classes are woven; everything can be tested in a
 * plain JVM. CONCURRENCY.md has the protocol and its proof.
 */
package io.belay.agent.run;
