package io.belay.agent.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class UsageChunkFilterTest {
  private static final String AZURE =
      "data: {\"choices\":[],\"prompt_filter_results\":[{}],\"usage\":null}\n\n";
  private static final String TEXT =
      ": ping\n\ndata: {\"id\":\"x\",\"choices\":[{\"delta\":{\"content\":\"hi é 你\"}}],"
          + "\"usage\":null}\n\n";
  private static final String STOP =
      "data: {\"choices\":[{\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":1}}\n\n";
  private static final String USAGE =
      "data: {\"id\":\"x\",\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":4},\"choices\": ["
          + " ]}\n\n";
  private static final String DONE = "data: [DONE]\n\n";

  private static String filtered(String stream, Random random) throws IOException {
    byte[] bytes = stream.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    UsageChunkFilter filter = new UsageChunkFilter();
    for (int at = 0; at < bytes.length; ) {
      int n = Math.min(bytes.length - at, 1 + random.nextInt(200));
      filter.write(bytes, at, n, out::write);
      at += n;
    }
    filter.end(out::write);
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void exactlyTheUsageChunkGoesWhereverTheStreamIsCut() throws IOException {
    for (String end : new String[] {"\n", "\r\n", "\r"}) {
      String with = (AZURE + TEXT + TEXT + STOP + USAGE + DONE).replace("\n", end);
      String without = (AZURE + TEXT + TEXT + STOP + DONE).replace("\n", end);
      byte[] bytes = with.getBytes(StandardCharsets.UTF_8);
      for (int cut = 0; cut <= bytes.length; cut++) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        UsageChunkFilter filter = new UsageChunkFilter();
        filter.write(bytes, 0, cut, out::write);
        filter.write(bytes, cut, bytes.length - cut, out::write);
        filter.end(out::write);
        assertEquals(without, out.toString(StandardCharsets.UTF_8), "cut at " + cut);
      }
      Random random = new Random(3);
      for (int round = 0; round < 500; round++) {
        assertEquals(without, filtered(with, random));
      }
    }
  }

  @Test
  void anyOtherStreamPassesByteForByte() throws IOException {
    Random random = new Random(4);
    String[] parts = {
      AZURE, TEXT, STOP, DONE, "\n", "\r", "data", ": c\n", "{\"choices\":[]}", "[]"
    };
    for (int round = 0; round < 20_000; round++) {
      StringBuilder stream = new StringBuilder();
      for (int i = random.nextInt(8); i >= 0; i--) {
        stream.append(parts[random.nextInt(parts.length)]);
      }
      assertEquals(stream.toString(), filtered(stream.toString(), random));
    }
  }

  @Test
  void aChunkWithChoicesPassesAtOnceThoughItsEndHasNotCome() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    UsageChunkFilter filter = new UsageChunkFilter();
    byte[] part = Sample.utf8("data: {\"choices\":[{\"delta\":{\"content\":\"hel");
    filter.write(part, 0, part.length, out::write);
    assertEquals(part.length, out.size());
  }

  @Test
  void aUsageChunkWithoutItsEndIsPassedOnAtTheEnd() throws IOException {
    String cut = TEXT + USAGE.substring(0, USAGE.length() - 1);
    assertTrue(filtered(cut, new Random(1)).equals(cut));
  }
}
