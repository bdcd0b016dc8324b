/** Start of the agent: attach, settings, weaving. */
package io.belay.agent;
