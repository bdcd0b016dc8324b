package io.belay.demo.driver;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What reached the outside after Stop was pressed, as the provider and the database counted it.
 *
 * @param httpRequests the requests of the tools; those to the language model are apart
 * @param completed sub-agents whose last answer was generated to its end
 * @param quietMillis from Stop to the last thing that happened outside
 * @param wentQuiet false if it was still at work when the watching ended
 */
record AfterStop(
    int tokens,
    int llmRequests,
    int httpRequests,
    int rows,
    int completed,
    int subAgents,
    long quietMillis,
    boolean wentQuiet,
    double usd) {

  ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("tokensAfterStop", tokens).put("llmRequestsAfterStop", llmRequests);
    json.put("httpRequestsAfterStop", httpRequests).put("rowsAfterStop", rows);
    json.put("subAgentsCompleted", completed).put("subAgents", subAgents);
    json.put("quietAfterMs", quietMillis).put("wentQuiet", wentQuiet);
    return json.put("usdAfterStop", usd);
  }
}
