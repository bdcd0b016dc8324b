/**
 * What users write down: patterns of hosts, requests, statements and methods, limits, and what is
 * to happen when a client leaves. Values that say whether something fits; who asks is elsewhere.
 */
@NullMarked
package io.belay.agent.rule;

import org.jspecify.annotations.NullMarked;
