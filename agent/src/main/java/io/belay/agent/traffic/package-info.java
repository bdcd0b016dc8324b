/**
 * Joins the traffic of language models to the budgets of runs: recognises a call by its wire
 * format, reserves what it may use, clamps its request, counts its answer, settles.
 */
package io.belay.agent.traffic;
