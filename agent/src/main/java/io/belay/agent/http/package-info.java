/**
 * One typed adapter per HTTP client: shows requests and answers to the gate, and applies what the
 * gate rewrote. Compiled against the client, defined next to the client's class loader, so it may
 * use the client's types, {@code io.belay.boot} and the JDK, and nothing else of Belay.
 */
package io.belay.agent.http;
