package io.belay.api;

import java.time.Instant;

/**
 * A stop, as its subscribers are told of it.
 *
 * @param runId the run that is stopped
 * @param reason why
 * @param by who or what asked, for instance {@code http 127.0.0.1}; never {@code null}
 * @param text what was said with it; empty when nothing was
 * @param at when
 */
public record StopEvent(String runId, Reason reason, String by, String text, Instant at) {}
