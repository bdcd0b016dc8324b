/**
 * The few advice shapes: all of Belay that is ever copied into other people's methods.
 *
 * <p>Rules for what stands here: one call to {@link io.belay.boot.Gate} and no logic; no lambda, no
 * string concatenation, no static interface method (old class files have no room for them); never
 * {@code suppress}, because throwing is what refusing is.
 */
package io.belay.agent.advice;
