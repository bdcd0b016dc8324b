package io.belay.agent.llm;

import io.belay.agent.llm.RequestReader.Kind;
import io.belay.agent.llm.RequestReader.Spot;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * What a request asks for that costs otherwise than text at the standard tier does.
 *
 * @param service the tier it names
 * @param regional whether it is to be kept in one region
 * @param audioIn whether the model hears something
 * @param audioOut whether sound is wanted
 * @param pictureOut whether pictures may come
 * @param searches the most searches of the web to set aside for
 * @param searchesAlways whether each answer searches, without telling how often
 * @param size how much a search is to bring
 */
public record Asked(
    Service service,
    boolean regional,
    boolean audioIn,
    boolean audioOut,
    boolean pictureOut,
    long searches,
    boolean searchesAlways,
    Size size) {

  /** What OpenAI calls the size of a search's context. */
  public enum Size {
    LOW,
    MEDIUM,
    HIGH
  }

  /** Searches to set aside for where nothing bounds them. */
  static final long SOME_SEARCHES = 5;

  private static final long MANY_SEARCHES = 1 << 20;
  private static final Pattern SEARCHES = Pattern.compile(".*-search-(preview|api).*");
  private static final Pattern PAINTS = Pattern.compile(".*-(image|omni).*");

  static Asked of(RequestReader found, byte[] body, String model) {
    String name = model.toLowerCase(Locale.ROOT);
    boolean once = SEARCHES.matcher(name).matches() || found.has(Ask.SEARCH_ONCE, Kind.OBJECT);
    return new Asked(
        dearest(found, body),
        any(found, body, Ask.REGION, "us"::equals),
        found.sound(),
        any(found, body, Ask.MODALITY, "audio"::equals),
        any(found, body, Ask.MODALITY, "image"::equals) || PAINTS.matcher(name).matches(),
        once ? 1 : searches(found, body),
        once,
        size(found, body));
  }

  private static long searches(RequestReader found, byte[] body) {
    long tools = tools(found, body, "web_search");
    if (tools == 0) {
      return found.has(Ask.SEARCH, Kind.OBJECT) ? SOME_SEARCHES : 0;
    }
    // Tools that fetch pages have a bound of the same name.
    boolean each = found.at(Ask.MOST_SEARCHES).size() >= tools(found, body, "web_");
    long most = each ? tools * Math.max(0, found.largest(Ask.MOST_SEARCHES)) : -1;
    long calls = found.largest(Ask.MOST_CALLS);
    most = most < 0 || calls >= 0 && calls < most ? calls : most;
    return most < 0 ? SOME_SEARCHES : Math.min(most, MANY_SEARCHES);
  }

  private static long tools(RequestReader found, byte[] body, String type) {
    return found.at(Ask.TOOL_TYPE).stream()
        .filter(spot -> text(spot, body).startsWith(type))
        .count();
  }

  private static Service dearest(RequestReader found, byte[] body) {
    Service service = Service.UNSAID;
    for (Spot spot : found.at(Ask.SERVICE)) {
      service = service.or(Service.tier(text(spot, body)));
    }
    for (Spot spot : found.at(Ask.SPEED)) {
      byte[] word = text(spot, body).getBytes(StandardCharsets.UTF_8);
      service = service.or(word.length == 0 ? service : Service.speed(word, word.length));
    }
    return service;
  }

  private static Size size(RequestReader found, byte[] body) {
    if (any(found, body, Ask.SEARCH_SIZE, "high"::equals)) {
      return Size.HIGH;
    }
    boolean low = any(found, body, Ask.SEARCH_SIZE, "low"::equals);
    return low && found.at(Ask.SEARCH_SIZE).size() == 1 ? Size.LOW : Size.MEDIUM;
  }

  private static boolean any(RequestReader found, byte[] body, int slot, Predicate<String> wanted) {
    return found.at(slot).stream().anyMatch(spot -> wanted.test(text(spot, body)));
  }

  /** A string's content in lower case, escapes as they are; "" of anything else. */
  private static String text(Spot spot, byte[] body) {
    return spot.kind() == Kind.STRING
        ? new String(body, spot.from(), spot.to() - spot.from(), StandardCharsets.UTF_8)
            .toLowerCase(Locale.ROOT)
        : "";
  }

  /** The tier that a header of a request or an answer names. */
  public static Service tier(UnaryOperator<String> header) {
    Service service = Service.UNSAID;
    for (String name :
        new String[] {
          "x-gemini-service-tier",
          "x-amzn-bedrock-service-tier",
          "x-vertex-ai-llm-shared-request-type"
        }) {
      String value = header.apply(name);
      service = value == null ? service : service.or(Service.tier(value));
    }
    String latency = header.apply("x-amzn-bedrock-performanceconfig-latency");
    return latency != null && latency.equals("optimized") ? service.or(Service.PRIORITY) : service;
  }

  /** The same with what a header asks for. */
  public Asked at(Service other) {
    return new Asked(
        service.or(other), regional, audioIn, audioOut, pictureOut, searches, searchesAlways, size);
  }

  /** The tier to set aside for. A cheaper one may turn out to be the standard. */
  Service reserved() {
    return service.or(Service.STANDARD);
  }

  /** Whether that is dearer than what is set aside. */
  boolean isExceededBy(Extra known) {
    return known.searches() > searches
        || known.service().compareTo(reserved()) > 0
        || known.regional() && !regional;
  }

  /** The tier of an answer that names one, or none. */
  Service served(Service named) {
    return named == Service.UNSAID ? reserved() : named;
  }

  /** What can be assumed of an answer whose counts have not come. */
  Extra guess(Extra known, long input, long sound) {
    return new Extra(
        known.service(),
        known.regional() || regional,
        audioIn ? Math.max(known.audioInput(), input) : known.audioInput(),
        Math.max(known.audioOutput(), audioOut ? sound : 0),
        known.audioCacheRead(),
        Math.max(known.pictureOutput(), audioOut ? 0 : sound),
        known.searches());
  }

  /** Sound or pictures that came, of which the counts do not tell: all of the output may be. */
  Extra generated(Extra told, long output) {
    return told.generated(audioOut ? output : 0, !audioOut && pictureOut ? output : 0);
  }

  /** A guess of a call of which nothing came. */
  public Usage sent(long input) {
    return Usage.estimate(input, 0).with(guess(Extra.NONE.at(reserved(), regional), input, 0));
  }

  /** Output that did not come any more. */
  public Usage rest(long output) {
    return new Usage(0, output, 0, 0, 0, 0, true).with(Extra.NONE.at(reserved(), regional));
  }

  /** The most that a call can have used. */
  public Usage most(long input, long output) {
    return Usage.estimate(input, output)
        .with(
            new Extra(
                reserved(),
                regional,
                audioIn ? input : 0,
                audioOut ? output : 0,
                0,
                pictureOut ? output : 0,
                searches));
  }
}
