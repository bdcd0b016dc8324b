package io.belay.agent.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GoldenTest {

  static List<Sample> samples() {
    return Samples.all();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void everyFieldIsBookedAsTheProviderCountsIt(Sample sample) {
    ResponseTap tap = sample.tap();
    tap.bytes(sample.body(), 0, sample.body().length);
    tap.end();
    assertBooked(sample, tap);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void everySampleIsReadAsARequest(Sample sample) {
    assertEquals(LlmRequest.Fit.FITS, sample.read().fit());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void cutInTwoAtEveryByteBooksTheSame(Sample sample) {
    byte[] body = sample.body();
    long text = whole(sample).textBytes();
    for (int cut = 1; cut < body.length; cut++) {
      ResponseTap tap = sample.tap();
      tap.bytes(body, 0, cut);
      tap.bytes(body, cut, body.length - cut);
      tap.end();
      assertBooked(sample, tap);
      assertEquals(text, tap.textBytes(), "cut at " + cut);
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void byteByByteAndInRandomPiecesBooksTheSame(Sample sample) {
    byte[] body = sample.body();
    long text = whole(sample).textBytes();
    Random random = new Random(42);
    for (int round = 0; round < 200; round++) {
      int most = 1 + round % 50;
      ResponseTap tap = sample.tap();
      for (int at = 0; at < body.length; ) {
        int n = Math.min(body.length - at, 1 + random.nextInt(most));
        if (round % 2 == 0) {
          tap.bytes(body, at, n);
        } else {
          ByteBuffer direct = ByteBuffer.allocateDirect(n).put(body, at, n).flip();
          tap.bytes(direct);
          assertEquals(n, direct.remaining());
        }
        at += n;
      }
      tap.end();
      assertBooked(sample, tap);
      assertEquals(text, tap.textBytes());
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void truncatedIsEstimatedOrExactlyRight(Sample sample) {
    byte[] body = sample.body();
    long before = 0;
    for (int length = 0; length < body.length; length++) {
      ResponseTap tap = sample.tap();
      tap.bytes(body, 0, length);
      assertTrue(tap.soFar().output() >= before || !tap.soFar().estimated());
      before = Math.max(before, tap.soFar().estimated() ? tap.soFar().output() : 0);
      tap.cut();
      Usage usage = tap.usage();
      if (usage.estimated()) {
        assertTrue(usage.input() > 0, "an answer that was cut has used its input");
      } else {
        assertEquals(sample.usage(), usage, "truncated to " + length);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void packedBodiesAreReadWhenTheyAreShownPacked(Sample sample) throws IOException {
    ByteArrayOutputStream gzip = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
      out.write(sample.body());
    }
    ByteArrayOutputStream deflate = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(deflate)) {
      out.write(sample.body());
    }
    for (int piece : new int[] {1, 7, 1 << 20}) {
      for (boolean zipped : new boolean[] {true, false}) {
        byte[] packed = (zipped ? gzip : deflate).toByteArray();
        ResponseTap tap = sample.tap(Map.of("content-encoding", zipped ? "gzip" : "deflate"), true);
        for (int at = 0; at < packed.length; at += piece) {
          tap.bytes(packed, at, Math.min(piece, packed.length - at));
        }
        tap.end();
        assertBooked(sample, tap);
      }
    }
  }

  @Test
  void bytesAreNeverChanged() {
    for (Sample sample : samples()) {
      byte[] body = sample.body().clone();
      sample.tap().bytes(body, 0, body.length);
      org.junit.jupiter.api.Assertions.assertArrayEquals(sample.body(), body);
    }
  }

  private static ResponseTap whole(Sample sample) {
    ResponseTap tap = sample.tap();
    tap.bytes(sample.body(), 0, sample.body().length);
    tap.end();
    return tap;
  }

  private static void assertBooked(Sample sample, ResponseTap tap) {
    assertEquals(sample.usage(), tap.usage());
    assertEquals(sample.usage(), tap.soFar());
    assertEquals(sample.id(), tap.responseId());
    assertEquals(sample.model(), tap.model());
    assertEquals(sample.finish(), tap.finish());
  }
}
