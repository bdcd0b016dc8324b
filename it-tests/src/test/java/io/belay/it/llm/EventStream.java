package io.belay.it.llm;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** Messages as AWS frames them: lengths, headers, payload, and a checksum of each part. */
final class EventStream {
  private static final byte STRING = 7;

  private EventStream() {}

  /** One event. */
  static byte[] message(String type, String json) {
    return message(headers("event", type), json);
  }

  /** Says that the answer has failed. */
  static byte[] exception(String type, String json) {
    return message(headers("exception", type), json);
  }

  private static byte[] message(byte[] headers, String json) {
    byte[] payload = json.getBytes(StandardCharsets.UTF_8);
    int length = 12 + headers.length + payload.length + 4;
    ByteBuffer message = ByteBuffer.allocate(length).putInt(length).putInt(headers.length);
    message.putInt(checksum(message.array(), 8)).put(headers).put(payload);
    return message.putInt(checksum(message.array(), length - 4)).array();
  }

  private static byte[] headers(String kind, String type) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    header(all, ":" + kind + "-type", type);
    header(all, ":content-type", "application/json");
    header(all, ":message-type", kind);
    return all.toByteArray();
  }

  private static void header(ByteArrayOutputStream to, String name, String value) {
    to.write(name.length());
    to.writeBytes(name.getBytes(StandardCharsets.UTF_8));
    to.write(STRING);
    to.write(value.length() >> 8);
    to.write(value.length());
    to.writeBytes(value.getBytes(StandardCharsets.UTF_8));
  }

  private static int checksum(byte[] of, int length) {
    CRC32 sum = new CRC32();
    sum.update(of, 0, length);
    return (int) sum.getValue();
  }
}
