package io.belay.agent.llm;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.belay.agent.llm.RequestReader.Kind;
import io.belay.agent.llm.RequestReader.Spot;
import java.util.List;

/**
 * What one request asks of a model: which one, how much output, how large its input is.
 *
 * <p>Immutable; the body it was read from must not be changed while it is in use.
 */
public final class LlmRequest {

  /** Whether the body is what its path promises. */
  public enum Fit {
    /** A request of this dialect. */
    FITS,
    /** JSON, but not a request to a model: something else lives under the same path. */
    OTHER,
    /** Not seen, not JSON, or packed: nothing is known beyond the path. */
    UNREADABLE
  }

  private static final long COUNTED_BYTES = 64 << 10;

  private final Dialect dialect;
  private final Fit fit;
  private final byte[] body;
  private final RequestReader found;
  private final String path;
  private final String query;
  private final String model;
  private final Asked asked;

  LlmRequest(
      Dialect dialect,
      Fit fit,
      byte[] body,
      RequestReader found,
      String inPath,
      String path,
      String query) {
    this.dialect = dialect;
    this.fit = fit;
    this.body = body;
    this.found = found;
    this.path = path;
    this.query = query;
    this.model = found.model().isEmpty() ? inPath : found.model();
    this.asked = Asked.of(found, body, model);
  }

  private LlmRequest(LlmRequest same, Asked asked) {
    this.dialect = same.dialect;
    this.fit = same.fit;
    this.body = same.body;
    this.found = same.found;
    this.path = same.path;
    this.query = same.query;
    this.model = same.model;
    this.asked = asked;
  }

  public Fit fit() {
    return fit;
  }

  public Dialect dialect() {
    return dialect;
  }

  /** The model as named by the body, else by the path (an Azure deployment, too); "" if neither. */
  public String model() {
    return model;
  }

  /** What it asks for that costs otherwise than text does. */
  public Asked asked() {
    return asked;
  }

  /** The same request with what its headers ask for. */
  public LlmRequest as(Asked whole) {
    return whole.equals(asked) ? this : new LlmRequest(this, whole);
  }

  /** Whether the answer will be a stream. */
  public boolean streamed() {
    return dialect.streamed(path)
        || found.has(Ask.STREAM, Kind.TRUE)
        || dialect.streamsByDefault() && !found.has(Ask.STREAM, Kind.FALSE);
  }

  /** The output limit of one answer in tokens; -1 if it has none, 0 if nothing is generated. */
  public long askedOutput() {
    if (!generates()) {
      return 0;
    }
    return Math.max(found.largest(Ask.LIMIT), found.largest(Ask.LIMIT_OLD));
  }

  /** How many answers are generated, each up to the limit; at least 1. */
  public int answers() {
    long wanted = Math.max(1, found.largest(Ask.ANSWERS));
    long all = wanted * (generates() ? Math.max(1, found.prompts()) : 1);
    return (int) Math.min(Integer.MAX_VALUE, wanted > Integer.MAX_VALUE ? wanted : all);
  }

  /** The most output tokens that the whole call can produce; -1 if nothing bounds it. */
  public long outputBound() {
    long asked = askedOutput();
    boolean unknown = fit != Fit.FITS || uncountable();
    if (generates() && (asked < 0 || unknown || contradictory())) {
      return -1;
    }
    long bound = asked * answers();
    return asked != 0 && bound / asked != answers() ? -1 : bound;
  }

  /** Whether {@link #rewrite} can put a limit to the output. */
  public boolean boundable() {
    return outputBound() >= 0 || rewrite(Integer.MAX_VALUE, false) instanceof Rewrite.Body;
  }

  /** Whether a stream of this kind carries usage only when the request asks for it. */
  public boolean usageOnRequest() {
    return streamed() && dialect.usageOnRequest(this);
  }

  /** Whether this request asks for it. */
  public boolean usageAsked() {
    return found.has(Ask.INCLUDE_USAGE, Kind.TRUE);
  }

  /** Bytes of text the model reads, in UTF-8, escapes resolved, without tools. */
  public long textBytes() {
    return found.textBytes();
  }

  /**
   * Its input in tokens by a tokenizer; -1 when that cannot tell, when the body cannot be read, or
   * when it is so long that to count it would hold up the call.
   */
  public long countedBy(Tokenizer tokenizer) {
    if (fit != Fit.FITS || Tokens.bytes(this) > COUNTED_BYTES) {
      return -1;
    }
    try {
      long counted = tokenizer.count(PromptText.of(dialect.asks(), body));
      return counted < 0 ? -1 : counted + Tokens.overhead(this);
    } catch (RuntimeException | LinkageError foreign) {
      return -1;
    }
  }

  /** Bytes of JSON the model reads: tool definitions, tool arguments and results, schemas. */
  public long toolBytes() {
    return found.rawBytes();
  }

  public int messages() {
    return found.messages();
  }

  public int tools() {
    return found.tools();
  }

  /** Pictures, sounds and files, in the body or by address. */
  public int images() {
    return found.images();
  }

  /** Input that came as token ids. */
  public long givenTokens() {
    return found.tokens();
  }

  /** Whether the model also reads something that is not in this body: a stored conversation. */
  public boolean hiddenInput() {
    return found.hidden() || fit == Fit.UNREADABLE;
  }

  /** The ids of what its provider keeps and it goes on with. */
  List<String> continued() {
    return found.at(Ask.CONTINUES).stream()
        .map(spot -> new String(body, spot.from(), spot.to() - spot.from(), UTF_8))
        .map(quoted -> quoted.replace("\"", ""))
        .toList();
  }

  /**
   * Puts a limit to the output, asks for usage, or both.
   *
   * @param maxOutput the most output tokens of the whole call, all answers together; -1 leaves the
   *     limit alone. A lower limit that the request already has stays.
   * @param withUsage asks for the usage chunk if the stream would come without
   */
  public Rewrite rewrite(long maxOutput, boolean withUsage) {
    if (fit != Fit.FITS) {
      return maxOutput < 0
          ? new Rewrite.Unchanged(outputBound())
          : new Rewrite.Refused("its body cannot be read");
    }
    Splice splice = new Splice(body);
    long bound = outputBound();
    if (maxOutput >= 0 && (bound < 0 || bound > maxOutput)) {
      long each = maxOutput / answers();
      Clamp.Place place = dialect.limit(this);
      if (place.member().isEmpty()) {
        return new Rewrite.Refused("no output limit is known for model \"" + model + "\"");
      }
      if (uncountable()) {
        return new Rewrite.Refused("its number of answers is not a whole number");
      }
      Clamp clamp = new Clamp(found, splice);
      clamp.lower(place, each, dialect.thinkingFloor(model));
      if (!clamp.refusal().isEmpty()) {
        return new Rewrite.Refused(clamp.refusal(), clamp.useless());
      }
      long asked = contradictory() ? -1 : askedOutput();
      bound = (asked < 0 ? each : Math.min(asked, each)) * answers();
    }
    boolean usageAdded = withUsage && usageOnRequest() && !usageAsked() && askUsage(splice);
    return splice.isEmpty()
        ? new Rewrite.Unchanged(bound)
        : new Rewrite.Body(splice.apply(), bound, usageAdded);
  }

  /** True if the request could be made to ask. */
  private boolean askUsage(Splice splice) {
    List<Spot> asks = found.at(Ask.INCLUDE_USAGE);
    List<Spot> options = found.at(Ask.STREAM_OPTIONS);
    if (asks.size() > 1 || options.size() > 1) {
      return false;
    }
    if (!asks.isEmpty()) {
      Spot ask = asks.get(0);
      boolean off = ask.kind() == Kind.FALSE || ask.kind() == Kind.NULL;
      if (off) {
        splice.replace(ask.from(), ask.to(), "true");
      }
      return off;
    }
    String member = "\"include_usage\":true";
    if (options.isEmpty()) {
      splice.member(found.at(Ask.ROOT).get(0).from(), "\"stream_options\":{" + member + "}");
      return true;
    }
    Spot option = options.get(0);
    if (option.kind() == Kind.OBJECT) {
      splice.member(option.from(), member);
    } else if (option.kind() == Kind.NULL) {
      splice.replace(option.from(), option.to(), "{" + member + "}");
    }
    return option.kind() == Kind.OBJECT || option.kind() == Kind.NULL;
  }

  /** Whether its number of answers is none: a lenient server may read a text as one. */
  private boolean uncountable() {
    return found.at(Ask.ANSWERS).stream()
        .anyMatch(spot -> spot.kind() != Kind.NUMBER && spot.kind() != Kind.NULL);
  }

  /** Whether one of several limits is no number: which of them the server takes is unknown. */
  private boolean contradictory() {
    return odd(Ask.LIMIT) || odd(Ask.LIMIT_OLD) || found.at(Ask.CONFIG).size() > 1;
  }

  private boolean odd(int slot) {
    List<Spot> spots = found.at(slot);
    return spots.stream().anyMatch(spot -> spot.kind() == Kind.NUMBER)
        && spots.stream().anyMatch(spot -> spot.kind() != Kind.NUMBER || spot.value() < 0);
  }

  private boolean generates() {
    return dialect.generates(path);
  }

  String path() {
    return path;
  }

  String query() {
    return query;
  }

  boolean thinks() {
    return !found.at(Ask.EFFORT).isEmpty();
  }

  RequestReader found() {
    return found;
  }
}
