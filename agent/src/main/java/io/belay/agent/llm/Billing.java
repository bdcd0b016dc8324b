package io.belay.agent.llm;

import java.util.List;
import java.util.Locale;

/**
 * Whether closing the connection stops the bill.
 *
 * <p>From OpenRouter's documentation of stream cancellation by provider, the Gemini and Firebase
 * SDKs ("you will still be charged"), and Bedrock bills checked by LiteLLM's users. Where nothing
 * is known, and wherever the answer is not streamed, the bill is assumed to go on.
 */
public final class Billing {
  private static final List<String> STOPS =
      List.of(
          "openai.com",
          "openai.azure.com",
          "cognitiveservices.azure.com",
          "services.ai.azure.com",
          "anthropic.com",
          "cohere.com",
          "cohere.ai",
          "x.ai",
          "deepseek.com",
          "together.xyz",
          "together.ai",
          "fireworks.ai",
          "deepinfra.com");

  private static final List<String> GOES_ON =
      List.of(
          "amazonaws.com",
          "googleapis.com",
          "groq.com",
          "mistral.ai",
          "huggingface.co",
          "replicate.com",
          "perplexity.ai",
          "aliyuncs.com",
          "sambanova.ai");

  private Billing() {}

  /**
   * Whether a provider is known to finish and bill an answer whose reader has left. Of others that
   * is not assumed: what came is booked.
   */
  public static boolean goesOnAfterClose(String host) {
    return ends(host, GOES_ON);
  }

  private static boolean ends(String host, List<String> domains) {
    String name = host.toLowerCase(Locale.ROOT);
    int colon = name.indexOf(':');
    String bare = colon < 0 ? name : name.substring(0, colon);
    for (String end : domains) {
      if (bare.equals(end) || bare.endsWith("." + end)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether closing the connection ends the bill.
   *
   * @param dialect of the request
   * @param host of its URL, with or without port
   * @param streamed whether the answer is a stream
   */
  public static boolean stopsOnClose(Dialect dialect, String host, boolean streamed) {
    if (dialect instanceof Ollama) {
      // Nobody bills; its maintainers say that generation ends with the connection.
      return true;
    }
    if (!streamed) {
      return false;
    }
    return ends(host, STOPS);
  }
}
