package io.belay.agent.llm;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FuzzTest {
  private static final int CASES = 100_000;

  private static byte[] broken(byte[] body, Random random) {
    byte[] bytes = body.clone();
    for (int edits = random.nextInt(4); edits >= 0; edits--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes = Arrays.copyOf(bytes, at + 1);
        case 2 -> {
          // A piece is lost.
          int n = Math.min(bytes.length - at - 1, random.nextInt(40));
          byte[] rest = Arrays.copyOfRange(bytes, at + n, bytes.length);
          bytes = Arrays.copyOf(bytes, at + rest.length);
          System.arraycopy(rest, 0, bytes, at, rest.length);
        }
        default -> {
          // A piece comes twice.
          int n = Math.min(bytes.length - at, random.nextInt(40));
          byte[] twice = Arrays.copyOf(bytes, bytes.length + n);
          System.arraycopy(bytes, at, twice, at + n, bytes.length - at);
          bytes = twice;
        }
      }
    }
    return bytes;
  }

  @Test
  void brokenAnswersNeverThrowAndWholeAndCutReadingAgree() {
    List<Sample> samples = Samples.all();
    Random random = new Random(1);
    for (int round = 0; round < CASES; round++) {
      Sample sample = samples.get(round % samples.size());
      byte[] body = broken(sample.body(), random);
      boolean packed = round % 97 == 0;
      Map<String, String> headers = packed ? Map.of("content-encoding", "gzip") : Map.of();
      ResponseTap whole = sample.tap(headers, packed);
      ResponseTap cut = sample.tap(headers, packed);
      assertDoesNotThrow(
          () -> {
            whole.bytes(body, 0, body.length);
            whole.end();
            for (int at = 0; at < body.length; ) {
              int n = Math.min(body.length - at, 1 + random.nextInt(64));
              cut.bytes(body, at, n);
              at += n;
            }
            cut.end();
          });
      assertEquals(whole.finish(), cut.finish());
      assertEquals(whole.usage().estimated(), cut.usage().estimated());
      if (!packed) {
        assertEquals(whole.usage(), cut.usage());
        assertEquals(whole.textBytes(), cut.textBytes());
      }
      assertTrue(whole.usage().input() >= 0 && whole.usage().output() >= 0);
    }
  }

  /** Numbers never change here, so any exact booking that differs is invented. */
  @Test
  void anAnswerWithBrokenGrammarIsNeverBookedWronglyAsExact() {
    List<Sample> samples = Samples.all();
    Random random = new Random(2);
    byte[] noise = "{}[]\",:\\\n\r x".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    int exact = 0;
    for (int round = 0; round < CASES; round++) {
      Sample sample = samples.get(round % samples.size());
      byte[] body = sample.body().clone();
      int at;
      do {
        at = random.nextInt(body.length);
      } while (body[at] >= '0' && body[at] <= '9' || letterOfAName(body, at));
      body[at] = noise[random.nextInt(noise.length)];
      ResponseTap tap = sample.tap();
      tap.bytes(body, 0, body.length);
      tap.end();
      Usage usage = tap.usage();
      if (!usage.estimated()) {
        exact++;
        int place = at;
        assertEquals(
            sample.usage(),
            usage,
            () -> sample + " at " + place + ": " + new String(body, 0, body.length));
      }
    }
    assertTrue(exact > CASES / 10, "most noise falls beside the numbers");
  }

  /** A changed name or value is still a good document and may mean something else. */
  private static boolean letterOfAName(byte[] body, int at) {
    byte c = body[at];
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c == '.' || c == '-';
  }

  @Test
  void brokenRequestsNeverThrow() {
    List<Sample> samples = Samples.all();
    Random random = new Random(3);
    for (int round = 0; round < CASES; round++) {
      Sample sample = samples.get(round % samples.size());
      byte[] body = broken(Sample.utf8(sample.request()), random);
      Dialect dialect = sample.read().dialect();
      assertDoesNotThrow(
          () -> {
            LlmRequest request = dialect.read(body, sample.path(), "");
            Tokens.input(request);
            request.boundable();
            if (request.rewrite(100, true) instanceof Rewrite.Body rewritten) {
              Json.object(rewritten.bytes());
              assertTrue(rewritten.outputBound() <= 100);
            }
          });
    }
  }
}
