package io.belay.agent.control;

import io.belay.agent.run.Runs;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What the command line and {@link LocalControl} say to each other, over one connection and in
 * turn:
 *
 * <pre>
 * belay/1 SECRET USER                  belay/1 welcome
 * METHOD TARGET LENGTH                 STATUS LENGTH
 * LENGTH bytes                         LENGTH bytes
 * </pre>
 *
 * Lines are UTF-8 and end with a newline; bodies are JSON, but for settings, which are text.
 */
final class LocalLine {
  static final String PROTOCOL = "belay/1";
  private static final int LONGEST_LINE = 8 * 1024;

  private final InputStream in;
  private final OutputStream out;

  LocalLine(InputStream in, OutputStream out) {
    this.in = in;
    this.out = out;
  }

  String read() throws IOException {
    byte[] line = new byte[LONGEST_LINE];
    int length = 0;
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0 || length == line.length) {
        throw new EOFException(b < 0 ? "the line was cut" : "a line is too long");
      }
      line[length++] = (byte) b;
    }
    return new String(line, 0, length, StandardCharsets.UTF_8);
  }

  void write(String line) throws IOException {
    write(line, new byte[0]);
  }

  /** In one piece, so that it is one packet where it can be. */
  void write(String line, byte[] body) throws IOException {
    byte[] head = (line + '\n').getBytes(StandardCharsets.UTF_8);
    byte[] all = Arrays.copyOf(head, head.length + body.length);
    System.arraycopy(body, 0, all, head.length, body.length);
    out.write(all);
    out.flush();
  }

  /** Reads one request and answers it. */
  void answer(Routes routes, String from, Runs.Journal journal) throws IOException {
    String[] head = read().split(" ");
    if (head.length != 3) {
      throw new EOFException();
    }
    int length = Integer.parseUnsignedInt(head[2]);
    if (length > Server.LARGEST_BODY) {
      throw new EOFException();
    }
    String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    Answer answer;
    try {
      URI target = new URI(head[1]);
      answer =
          routes
              .find(head[0], Request.segments(target.getRawPath()))
              .answer(
                  new Request(
                      from,
                      Request.segments(target.getRawPath()),
                      Request.parameters(target.getRawQuery()),
                      body));
    } catch (Problem problem) {
      answer = problem.answer(head[1]);
    } catch (URISyntaxException e) {
      answer = new Problem(400, "no address: " + e.getMessage()).answer("/");
    } catch (InterruptedException e) {
      throw new EOFException();
    } catch (Throwable fault) {
      journal.fault("answering the command line", fault);
      answer = new Problem(500, "a fault in Belay; its log has the details").answer(head[1]);
    }
    byte[] document = answer.body();
    write(answer.status() + " " + document.length, document);
  }
}
