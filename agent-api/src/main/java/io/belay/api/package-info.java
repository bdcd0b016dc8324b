/**
 * What an application may use of Belay, and need not: everything here does nothing, harmlessly,
 * when no agent is attached. {@link io.belay.api.Belay} is the way in.
 */
package io.belay.api;
