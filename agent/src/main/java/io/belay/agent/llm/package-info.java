/**
 * Reads LLM traffic: which wire format a request speaks, what it may cost, what its answer used.
 *
 * <p>Depends on the JDK and Jackson's streaming parser alone. Nothing here decides anything:
 * budgets and stops live elsewhere.
 */
package io.belay.agent.llm;
