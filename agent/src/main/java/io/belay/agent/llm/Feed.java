package io.belay.agent.llm;

/** Takes the body of an answer apart, piece by piece. */
interface Feed {
  void feed(byte[] b, int from, int to);

  /** Bytes of a text that has begun and not ended; the tally has only whole ones. */
  long pendingText();

  /** No more bytes will come. */
  void end();
}
