/**
 * The doors through which people and programs see runs and stop them. Nothing here decides
 * anything: a door asks {@link io.belay.agent.run.Runs} and tells what it answered.
 *
 * <p>No class of this package is loaded before the application's {@code main} is reached.
 */
package io.belay.agent.control;
