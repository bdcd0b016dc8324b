package io.belay.agent.http;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.net.Socket;
import java.util.List;
import okio.Buffer;
import okio.GzipSource;
import okio.Source;
import org.jspecify.annotations.Nullable;

/** What OkHttp has of a body: in its buffers, and in the socket. */
final class OkioBacklog extends BodyBacklog {
  private static final String CONNECTION = "okhttp3.internal.connection.RealConnection";

  /** A stream of HTTP/2 has all that has come for it; its socket is others' as well. */
  private static final String STREAM = "okhttp3.internal.http2.Http2Stream$FramingSource";

  /** Where else than to another source the way leads on. */
  private static final List<String> ON_THE_WAY =
      List.of(
          CONNECTION,
          "okhttp3.internal.connection.StreamAllocation",
          "okhttp3.internal.connection.BufferedSocket",
          "okhttp3.internal.http.ExchangeCodec$Carrier",
          "okhttp3.internal.http1.Http1Codec",
          "okhttp3.internal.http1.Http1ExchangeCodec");

  private static final Ways WAYS =
      new Ways() {
        @Override
        boolean leadOn(Class<?> owner, Field field) {
          return leadsOn(owner.getName(), field);
        }
      };

  private final Source body;
  private @Nullable InputStream end;
  private @Nullable Socket socket;

  OkioBacklog(Source body) {
    super(WAYS);
    this.body = body;
  }

  @Override
  boolean passes(Object at) {
    if (at instanceof GzipSource) {
      isPacked();
    }
    if (at instanceof Buffer buffer) {
      came(buffer.size());
      if (at == body) {
        ends(0); // All of it is here.
      }
    } else if (at instanceof InputStream stream) {
      end = stream;
    } else if (at instanceof Socket raw) {
      socket = raw;
    } else {
      if (at.getClass().getName().equals(STREAM)) {
        ends(0);
      }
      return true;
    }
    return false;
  }

  /** Of an encrypted connection both what is opened already and what is still in its socket. */
  @Override
  void arrived() {
    InputStream stream = end;
    Socket raw = socket;
    if (stream == null && raw == null) {
      return;
    }
    boolean opened = stream != null && stream.getClass().getName().startsWith("sun.security.ssl.");
    try {
      long first = stream != null && (opened || raw == null) ? stream.available() : 0;
      ends(first + (raw == null ? 0 : raw.getInputStream().available()));
    } catch (IOException closed) {
      ends(0); // What lay there is gone.
    }
  }

  /** Not each that could: a connection knows of buffers of others, too. */
  private static boolean leadsOn(String owner, Field field) {
    Class<?> type = field.getType();
    if (owner.equals(CONNECTION)) {
      return field.getName().equals("rawSocket");
    }
    return Source.class.isAssignableFrom(type)
        || type == InputStream.class
        || ON_THE_WAY.contains(type.getName());
  }
}
