/**
 * Thousands of stops at random moments in one JVM, and three independent witnesses of what came
 * after each: the server that the HTTP calls arrive at, the database, and the stop report.
 *
 * <p>Every stop is acknowledged first; then both clocks are read: the server's ({@code ackHttp})
 * and the application's ({@code ackSql}). Hence
 *
 * <ul>
 *   <li>a call that the application began after {@code ackSql} must never arrive: there is no
 *       excuse for one that does;
 *   <li>a call that was still going on when the server finished its answer, or the database its
 *       statement, at a later time than the acknowledgement must be in the report: whether it had
 *       begun before the stop or slipped through after it, it was in flight.
 * </ul>
 *
 * A call that ended about when the stop came is judged by neither rule, so nothing depends on when
 * a thread gets its processor. The control is the same storm without the agent: there, calls must
 * break both rules by the thousand.
 */
package io.belay.it.storm;
