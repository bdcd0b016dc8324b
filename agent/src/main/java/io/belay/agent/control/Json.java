package io.belay.agent.control;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes one JSON document into memory. Times are RFC 3339 in UTC with milliseconds. A name given
 * with a value makes a member; an empty name makes an array's element or the document itself.
 */
final class Json {
  static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .build();

  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  /** Price tables are exact to this many decimals of a dollar. */
  private static final int DECIMALS = 12;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
  private final JsonGenerator out;

  private Json() throws IOException {
    out = FACTORY.createGenerator(bytes);
  }

  /** A part of a document. */
  interface Part {
    void write(JsonGenerator out) throws IOException;
  }

  /** A document whose only value {@code content} writes. */
  static byte[] document(java.util.function.Consumer<Json> content) {
    try {
      Json json = new Json();
      content.accept(json);
      json.out.close();
      return json.bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Json object(String name, Runnable members) {
    return write(
        name,
        out -> {
          out.writeStartObject();
          members.run();
          out.writeEndObject();
        });
  }

  <T> Json array(String name, Collection<T> elements, java.util.function.Consumer<T> each) {
    return write(
        name,
        out -> {
          out.writeStartArray();
          elements.forEach(each);
          out.writeEndArray();
        });
  }

  Json strings(String name, Collection<String> elements) {
    return array(name, elements, element -> text("", element));
  }

  Json numbers(String name, Map<String, ? extends Number> members) {
    return object(name, () -> members.forEach(this::number));
  }

  Json text(String name, @Nullable String value) {
    return write(name, out -> out.writeString(value));
  }

  Json number(String name, long value) {
    return write(name, out -> out.writeNumber(value));
  }

  /** Whole numbers as they are, others as decimals without an exponent. */
  Json number(String name, Number value) {
    boolean whole = value instanceof Long || value instanceof Integer;
    return whole ? number(name, value.longValue()) : decimal(name, value.doubleValue());
  }

  /** A decimal without an exponent. */
  Json decimal(String name, double value) {
    BigDecimal exact = BigDecimal.valueOf(value).setScale(DECIMALS, RoundingMode.HALF_EVEN);
    return write(name, out -> out.writeNumber(exact.stripTrailingZeros()));
  }

  /** A number, or {@code null} when it is below {@code least}, which stands for "none". */
  Json numberFrom(long least, String name, long value) {
    return value < least ? none(name) : number(name, value);
  }

  Json truth(String name, boolean value) {
    return write(name, out -> out.writeBoolean(value));
  }

  Json time(String name, @Nullable Instant value) {
    return value == null ? none(name) : text(name, TIME.format(value));
  }

  Json none(String name) {
    return write(name, JsonGenerator::writeNull);
  }

  private Json write(String name, Part value) {
    try {
      if (!name.isEmpty()) {
        out.writeFieldName(name);
      }
      value.write(out);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e); // Memory does not fail; a wrong nesting is our mistake.
    }
  }
}
