package io.belay.agent.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JsonScanTest {
  private static final class Texts implements JsonScan.Sink {
    long bytes;
    String last = "";

    @Override
    public void open(Shape place, boolean array, long at) {}

    @Override
    public void close(Shape place, long end) {}

    @Override
    public void string(Shape place, long from, long to, long n, byte[] head, int length) {
      bytes += n;
      last = new String(head, 0, length, StandardCharsets.UTF_8);
    }

    @Override
    public void number(Shape place, long from, long to, long value, boolean exact) {
      last = exact ? Long.toString(value) : "inexact";
    }

    @Override
    public void literal(Shape place, long from, long to, byte letter) {
      last = "" + (char) letter;
    }
  }

  private static boolean accepts(byte[] json, int piece) {
    JsonScan scan = new JsonScan(new Shape(), new Texts());
    for (int at = 0; at < json.length; at += piece) {
      scan.feed(json, at, Math.min(json.length, at + piece));
    }
    return scan.complete();
  }

  @Test
  void acceptsWhatAParserAcceptsAndNothingElse() {
    String[] seeds = {
      "{\"a\":[1,-2.5e+3,0,true,false,null,\"x\\n"
          + "\\u00e9\\ud83d\\ude00\"],\"b\":{\"c\":{}}, \"d\":[]}",
      "[{\"usage\":{\"n\":12}},\r\n{\"usage\":{\"n\":0.10}}]",
      "{\"k\": \"v\", \"k\": [ [ ], [ { } ] ] }"
    };
    Random random = new Random(7);
    byte[] alphabet =
        "{}[]\",:\\ \n0123456789-+.eEtrufalsn\u0001/x".getBytes(StandardCharsets.US_ASCII);
    for (int round = 0; round < 100_000; round++) {
      byte[] json = seeds[round % seeds.length].getBytes(StandardCharsets.UTF_8);
      for (int edits = random.nextInt(3); edits >= 0; edits--) {
        json[random.nextInt(json.length)] = alphabet[random.nextInt(alphabet.length)];
      }
      boolean expected;
      try {
        Json.parse(json);
        expected = true;
      } catch (IOException e) {
        expected = false;
      }
      int piece = 1 + random.nextInt(json.length);
      assertEquals(expected, accepts(json, piece), () -> new String(json, StandardCharsets.UTF_8));
    }
  }

  @Test
  void countsTextAsItsUtf8LengthWithEscapesResolved() {
    String text = "a\n\"\\/\b\u00e9\u4f60\ud83d\ude00 plain run of some length";
    String json =
        "{\"t\":\"a\\n\\\"\\\\\\/\\b\\u00e9\\u4f60\\ud83d\\ude00 plain run of some length\"}";
    for (int piece = 1; piece < json.length(); piece++) {
      Texts texts = new Texts();
      JsonScan scan = new JsonScan(new Shape().put(0, "t"), texts);
      byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
      for (int at = 0; at < bytes.length; at += piece) {
        scan.feed(bytes, at, Math.min(bytes.length, at + piece));
      }
      assertTrue(scan.complete());
      assertEquals(text.getBytes(StandardCharsets.UTF_8).length, texts.bytes);
    }
  }

  @Test
  void findsKeysHoweverTheyAreWritten() {
    Texts texts = new Texts();
    JsonScan scan = new JsonScan(new Shape().put(0, "max_tokens"), texts);
    byte[] json = "{\"\\u006dax_tok\\u0065ns\" :\t17 }".getBytes(StandardCharsets.UTF_8);
    scan.feed(json, 0, json.length);
    assertEquals("17", texts.last);
  }

  @Test
  void numbersThatAreNoWholeLongAreNotExact() {
    for (String number :
        new String[] {
          "1.5", "15e-1", "1e19", "99999999999999999999", "-0.1", "1e999999999999", "12.00001e4",
        }) {
      assertEquals("inexact", number(number), number);
    }
    assertEquals("12", number("12.0"));
    assertEquals("-7", number("-7"));
    assertEquals("1000", number("1e3"));
    assertEquals("-1200", number("-1.2E+3"));
    assertEquals("12", number("1200.0e-2"));
    assertEquals("120001", number("12.0001e4"));
    assertEquals("0", number("0.0e99"));
    assertEquals("9000000000000000000", number("9e18"));
    assertEquals("0", number("0"));
  }

  private static String number(String number) {
    Texts texts = new Texts();
    byte[] json = ("{\"n\":" + number + "}").getBytes(StandardCharsets.UTF_8);
    JsonScan scan = new JsonScan(new Shape().put(0, "n"), texts);
    scan.feed(json, 0, json.length);
    assertTrue(scan.complete());
    return texts.last;
  }

  @Test
  void nestingBeyondMeasureIsAFaultAndNoOverflow() {
    byte[] json = "[".repeat(100_000).getBytes(StandardCharsets.UTF_8);
    JsonScan scan = new JsonScan(new Shape(), new Texts());
    scan.feed(json, 0, json.length);
    assertTrue(scan.broken());
    assertFalse(scan.complete());
  }
}
