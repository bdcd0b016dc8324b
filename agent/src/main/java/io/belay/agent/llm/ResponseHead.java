package io.belay.agent.llm;

import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * What the head of an answer tells before its body.
 *
 * @param status HTTP status; 0 if unknown, which counts as success
 * @param contentType the media type without parameters, in lower case; "" if unknown
 * @param contentEncoding the encoding of the bytes that will be shown; "" if they are plain, also
 *     where the client unpacks them first
 * @param countedInput input tokens named by a header (Bedrock InvokeModel); -1 if none
 * @param countedOutput output tokens named by a header; -1 if none
 * @param requestId the provider's id of the request; "" if none
 * @param service the tier that a header names (Gemini, Bedrock InvokeModel)
 */
public record ResponseHead(
    int status,
    String contentType,
    String contentEncoding,
    long countedInput,
    long countedOutput,
    String requestId,
    Service service) {

  /** A head that names no tier. */
  public ResponseHead(
      int status,
      String contentType,
      String contentEncoding,
      long countedInput,
      long countedOutput,
      String requestId) {
    this(
        status,
        contentType,
        contentEncoding,
        countedInput,
        countedOutput,
        requestId,
        Service.UNSAID);
  }

  /**
   * Reads the headers that matter.
   *
   * @param header gives the value of a header by its lower-case name, or null
   * @param bytesAreEncoded whether the bytes shown to the tap are still packed as {@code
   *     content-encoding} says
   */
  public static ResponseHead of(int status, UnaryOperator<String> header, boolean bytesAreEncoded) {
    String type = text(header, "content-type");
    int semicolon = type.indexOf(';');
    String id = text(header, "x-amzn-requestid");
    return new ResponseHead(
        status,
        (semicolon < 0 ? type : type.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT),
        bytesAreEncoded ? text(header, "content-encoding").strip().toLowerCase(Locale.ROOT) : "",
        count(text(header, "x-amzn-bedrock-input-token-count")),
        count(text(header, "x-amzn-bedrock-output-token-count")),
        id.isEmpty() ? text(header, "x-request-id") : id,
        Asked.tier(header));
  }

  boolean rejected() {
    return status >= 300;
  }

  private static String text(UnaryOperator<String> header, String name) {
    String value = header.apply(name);
    return value == null ? "" : value;
  }

  private static long count(String value) {
    try {
      return value.isEmpty() ? -1 : Math.max(-1, Long.parseLong(value.strip()));
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
