package io.belay.agent;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Adds the field in which a forked task keeps its run, while the JVM loads {@code ForkJoinTask}.
 *
 * <p>By hand, because this may have to happen on the way to {@code main}, where Byte Buddy is not
 * loaded yet: two constants at the end of the pool and one entry before the other fields, as the
 * JVM specification, chapter 4, lays a class file out. A class that was there before Belay cannot
 * get a field any more; then tasks are looked up in a table.
 */
final class BondField {
  static final String TYPE = "java/util/concurrent/ForkJoinTask";

  private static final String NAME = "belay$bond";
  private static final String DESCRIPTOR = "Ljava/lang/Object;";
  private static final int TRANSIENT_SYNTHETIC = 0x1080;

  private volatile boolean added;

  /** Whether the class has it. */
  boolean isAdded() {
    return added;
  }

  /**
   * The class file with the field.
   *
   * @param again whether the class has been loaded before: then the field is added if it was added
   *     that time, since a class cannot lose it either
   * @return {@code null} for the class file as it is
   */
  byte @Nullable [] add(byte[] bytes, boolean again) {
    if (again && !added) {
      return null;
    }
    added = true;
    ByteBuffer in = ByteBuffer.wrap(bytes);
    int constants = in.getShort(8) & 0xffff;
    int poolEnd = index(in, new int[constants]);
    int interfaces = in.getShort(poolEnd + 6) & 0xffff;
    int fields = poolEnd + 8 + 2 * interfaces;
    byte[] name = NAME.getBytes(StandardCharsets.US_ASCII);
    byte[] descriptor = DESCRIPTOR.getBytes(StandardCharsets.US_ASCII);
    ByteBuffer out =
        ByteBuffer.allocate(bytes.length + 3 + name.length + 3 + descriptor.length + 8);
    out.put(bytes, 0, 8).putShort((short) (constants + 2)).put(bytes, 10, poolEnd - 10);
    out.put((byte) 1).putShort((short) name.length).put(name);
    out.put((byte) 1).putShort((short) descriptor.length).put(descriptor);
    out.put(bytes, poolEnd, fields - poolEnd).putShort((short) (in.getShort(fields) + 1));
    out.putShort((short) TRANSIENT_SYNTHETIC).putShort((short) constants);
    out.putShort((short) (constants + 1)).putShort((short) 0);
    out.put(bytes, fields + 2, bytes.length - fields - 2);
    return out.array();
  }

  /** Notes where each constant begins; answers where the pool ends. */
  static int index(ByteBuffer in, int[] constants) {
    int at = 10;
    for (int i = 1; i < constants.length; i++) {
      constants[i] = at;
      int tag = in.get(at);
      switch (tag) {
        case 1 -> at += 3 + (in.getShort(at + 1) & 0xffff);
        case 5, 6 -> {
          at += 9;
          i++; // Numbers of eight bytes count twice.
        }
        case 7, 8, 16, 19, 20 -> at += 3;
        case 15 -> at += 4;
        default -> at += 5;
      }
    }
    return at;
  }
}
