package io.belay.api;

/**
 * What a run has used so far, its children included.
 *
 * @param inputTokens tokens sent, cached ones included
 * @param outputTokens tokens received, reasoning included
 * @param cacheReadTokens of the input, tokens read from the provider's cache
 * @param cacheWriteTokens of the input, tokens written to the provider's cache
 * @param costUsd their price in US dollars
 * @param llmCalls LLM calls sent
 * @param toolCalls tool calls begun
 * @param estimated whether a part was counted by Belay because the provider's numbers never came
 */
public record Usage(
    long inputTokens,
    long outputTokens,
    long cacheReadTokens,
    long cacheWriteTokens,
    double costUsd,
    long llmCalls,
    long toolCalls,
    boolean estimated) {
  /** Nothing used. */
  public static final Usage NONE = new Usage(0, 0, 0, 0, 0, 0, 0, false);
}
