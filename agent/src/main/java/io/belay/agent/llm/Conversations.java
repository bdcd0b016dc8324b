package io.belay.agent.llm;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How long the conversations are that providers keep. A request that goes on with one names an
 * earlier answer, or the conversation, and the model reads all of it once more: what that answer
 * was made of, and what it said.
 *
 * <p>Safe for any number of threads; remembers the last ones that were asked for.
 */
final class Conversations {
  private static final int MOST = 10_000;

  private final Map<String, Long> tokens = // Guarded by this.
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > MOST;
        }
      };

  /**
   * What {@code request} has the model read beside itself, as far as this JVM saw it come about.
   */
  long length(LlmRequest request) {
    long longest = 0;
    for (String id : request.continued()) {
      synchronized (this) {
        longest = Math.max(longest, tokens.getOrDefault(id, 0L));
      }
    }
    return longest;
  }

  /** An answer has come whole, under this id. */
  void learn(LlmRequest request, String id, Usage usage) {
    if (request.dialect().keepsConversations()) {
      put(id, usage.total());
      // A conversation goes on under its own name. An earlier answer is as long as it was, but
      // what is too much by one answer does no harm.
      request.continued().forEach(earlier -> put(earlier, usage.total()));
    }
  }

  private synchronized void put(String id, long length) {
    if (!id.isEmpty()) {
      tokens.merge(id, length, Math::max);
    }
  }
}
