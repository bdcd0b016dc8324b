package io.belay.agent.llm;

import java.util.List;
import java.util.Locale;

/**
 * One wire format: where its requests keep their limits and its answers their usage.
 *
 * <p>A dialect is a table of places and a few lines that say what its numbers mean. Stateless and
 * safe for any number of threads.
 */
public abstract sealed class Dialect
    permits AnthropicMessages,
        BedrockConverse,
        BedrockInvoke,
        CohereV2,
        Gemini,
        Ollama,
        OpenAiChat,
        OpenAiCompletions,
        OpenAiEmbeddings,
        OpenAiResponses {
  private static final byte[] NO_BYTES = {};
  private static final byte[] UNKNOWN = {};

  private final String name;
  private final Shape request;
  private final Shape answer;

  Dialect(String name, Shape request, Shape answer) {
    this.name = name;
    this.request = request.put(Ask.ROOT, "");
    this.answer = answer.put(Slot.ROOT, "");
  }

  /** Its name in settings and reports, such as {@code openai-chat}. */
  public final String name() {
    return name;
  }

  /**
   * Reads a request. Never throws: a body that is no JSON gives {@link LlmRequest.Fit#UNREADABLE}.
   *
   * @param body the whole body, which must not change while the request is in use
   * @param path the path of its URL as sent, without the query
   * @param query the query without its question mark, or ""
   */
  public final LlmRequest read(byte[] body, String path, String query) {
    String plain = Paths.plain(path);
    String model = model(plain);
    String place = plain.toLowerCase(Locale.ROOT);
    RequestReader found = new RequestReader();
    JsonScan scan = new JsonScan(request, found);
    scan.feed(body, 0, body.length);
    List<RequestReader.Spot> roots = found.at(Ask.ROOT);
    boolean object =
        scan.complete() && roots.size() == 1 && roots.get(0).kind() == RequestReader.Kind.OBJECT;
    if (!object) {
      LlmRequest.Fit none = mayBeObject(body) ? LlmRequest.Fit.UNREADABLE : LlmRequest.Fit.OTHER;
      return new LlmRequest(this, none, NO_BYTES, new RequestReader(), model, place, query);
    }
    boolean signed =
        !found.model().isEmpty()
            || !found.at(Ask.LIMIT).isEmpty()
            || !found.at(Ask.LIMIT_OLD).isEmpty();
    boolean named = signed || !model.isEmpty();
    boolean reads = found.hasContent() || found.hidden() && named;
    boolean fits = isSure(place) ? reads || signed || model.startsWith("arn:") : reads && named;
    LlmRequest.Fit fit = fits ? LlmRequest.Fit.FITS : LlmRequest.Fit.OTHER;
    return new LlmRequest(this, fit, body, found, model, place, query);
  }

  /** A request whose body nobody may look at. */
  public final LlmRequest unread(String path, String query) {
    return read(UNKNOWN, path, query);
  }

  /** Whether a lenient server could read an object where we could not. */
  private static boolean mayBeObject(byte[] body) {
    for (byte each : body) {
      if (each > ' ') {
        return each == '{';
      }
    }
    return body == UNKNOWN;
  }

  /** Begins to listen to the answer of a request. */
  public final ResponseTap tap(LlmRequest request, ResponseHead head, Estimate estimate) {
    return new ResponseTap(this, request, head, estimate);
  }

  @Override
  public final String toString() {
    return name;
  }

  final Shape asks() {
    return request;
  }

  final Shape answer() {
    return answer;
  }

  /** Places in a document that comes in Base64 inside the answer. */
  Shape innerAnswer() {
    return Shape.NONE;
  }

  /**
   * Whether requests to this path speak this dialect. Here and below a path is as {@link
   * Paths#plain} has it, in lower case.
   */
  abstract boolean matches(String path);

  /**
   * Whether hardly anything else is served at such a path: then a model, a limit or content alone
   * makes a request, since servers may have a model of their own and a stored prompt its content.
   */
  boolean isSure(String path) {
    return false;
  }

  /** Takes over what one event, or a whole plain answer, has told. */
  abstract void event(Fields fields, Tally tally);

  /** The stream has said {@code [DONE]}. */
  void sentinel(Tally tally) {
    tally.complete();
  }

  /** Whether requests to this path generate anything. */
  boolean generates(String path) {
    return true;
  }

  /** Whether a request may go on with what the provider keeps of an earlier one. */
  boolean keepsConversations() {
    return false;
  }

  /** Whether the path alone says that the answer is a stream. */
  boolean streamed(String path) {
    return false;
  }

  /**
   * The fewest bytes of a stream that one token takes, by the smallest events that are sent: what
   * nobody reads is counted by it, rather too high than too low.
   */
  public int bytesPerToken() {
    return 56;
  }

  boolean streamsByDefault() {
    return false;
  }

  /** The model in the path, of which the case is as sent; "" if the body names it. */
  String model(String path) {
    return "";
  }

  boolean usageOnRequest(LlmRequest request) {
    return false;
  }

  /** Where a limit goes that the request does not have; without a member name: nowhere. */
  abstract Clamp.Place limit(LlmRequest request);

  /** The least thinking budget the model accepts; -1 if thinking has no budget here. */
  long thinkingFloor(String model) {
    return -1;
  }
}
