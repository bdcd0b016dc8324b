package io.belay.agent.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SseTest {

  private static List<String> events(byte[] stream, Random cuts) {
    List<String> events = new ArrayList<>();
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    Sse sse =
        new Sse(
            new Sse.Data() {
              @Override
              public void begin(int at) {
                data.reset();
              }

              @Override
              public void data(byte[] b, int from, int to) {
                data.write(b, from, to - from);
              }
            });
    for (int at = 0; at < stream.length; ) {
      int to = Math.min(stream.length, at + 1 + cuts.nextInt(9));
      while (at < to) {
        at = sse.next(stream, at, to);
        if (sse.ended() && sse.dispatched()) {
          events.add(data.toString(StandardCharsets.UTF_8));
        }
      }
    }
    return events;
  }

  /** The standard's algorithm, line by line over the whole text. */
  private static List<String> byTheBook(byte[] stream) {
    String text = new String(stream, StandardCharsets.UTF_8);
    if (text.startsWith("\ufeff")) {
      text = text.substring(1);
    }
    List<String> events = new ArrayList<>();
    StringBuilder data = new StringBuilder();
    boolean any = false;
    String[] lines = text.split("\r\n|\r|\n", -1);
    for (int i = 0; i < lines.length - 1; i++) {
      String line = lines[i];
      if (line.isEmpty()) {
        if (any) {
          events.add(data.substring(0, data.length() - 1));
        }
        data.setLength(0);
        any = false;
        continue;
      }
      int colon = line.indexOf(':');
      String field = colon < 0 ? line : line.substring(0, colon);
      String value = colon < 0 ? "" : line.substring(colon + 1);
      if (field.equals("data")) {
        data.append(value.startsWith(" ") ? value.substring(1) : value).append('\n');
        any = true;
      }
    }
    return events;
  }

  @Test
  void splitsAnyStreamAsTheStandardSays() {
    String[] parts = {
      "data",
      "data:",
      "data: ",
      ":",
      ": c",
      "event: x",
      "id",
      "dat",
      "dataa:",
      "\n",
      "\n",
      "\r",
      "\r\n",
      "\r\n\r\n",
      "\n\n",
      "{\"a\":1}",
      "é你😀",
      " ",
      "  ",
      "[DONE]",
      "\ufeff"
    };
    Random random = new Random(11);
    for (int round = 0; round < 50_000; round++) {
      StringBuilder stream = new StringBuilder();
      for (int i = random.nextInt(25); i >= 0; i--) {
        stream.append(parts[random.nextInt(parts.length)]);
      }
      byte[] bytes = stream.toString().getBytes(StandardCharsets.UTF_8);
      assertEquals(byTheBook(bytes), events(bytes, random), () -> stream.toString());
    }
  }
}
