package io.belay.agent.http;

import io.belay.boot.Inbound;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.connector.CoyoteAdapter;
import org.apache.catalina.core.AsyncContextImpl;
import org.apache.coyote.ActionCode;
import org.apache.coyote.Request;
import org.apache.coyote.Response;
import org.jspecify.annotations.Nullable;

/**
 * One request of Tomcat. The connector uses its objects again for the next request of a connection;
 * where the connection leads is therefore read at once.
 */
final class TomcatRequest extends Inbound {
  private final Request request;
  private final Response response;
  private final String path;
  private final String remoteAddress;
  private final int remotePort;
  private final int localPort;

  TomcatRequest(Request request, Response response) {
    this.request = request;
    this.response = response;
    path = String.valueOf(request.requestURI().toString());
    request.action(ActionCode.REQ_HOST_ADDR_ATTRIBUTE, request);
    request.action(ActionCode.REQ_REMOTEPORT_ATTRIBUTE, request);
    request.action(ActionCode.REQ_LOCALPORT_ATTRIBUTE, request);
    remoteAddress = String.valueOf(request.remoteAddr().toString());
    remotePort = request.getRemotePort();
    localPort = request.getLocalPort();
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public @Nullable String query() {
    return request.queryString().toString();
  }

  @Override
  public @Nullable String header(String name) {
    return request.getHeader(name);
  }

  @Override
  public void respond(String header, String value) {
    response.setHeader(header, value);
  }

  @Override
  public String remoteAddress() {
    return remoteAddress;
  }

  @Override
  public int remotePort() {
    return remotePort;
  }

  @Override
  public int localPort() {
    return localPort;
  }

  @Override
  public int status() {
    return response.getStatus();
  }

  @Override
  public boolean isPending() {
    AtomicBoolean async = new AtomicBoolean();
    request.action(ActionCode.ASYNC_IS_ASYNC, async);
    return async.get();
  }

  @Override
  public boolean isAnswered() {
    org.apache.catalina.connector.Response servlet = servlet();
    long length = response.getContentLengthLong();
    return servlet != null && servlet.isClosed()
        || response.isCommitted() && length >= 0 && response.getContentWritten() >= length;
  }

  @Override
  public boolean answer(int status, byte[] body) {
    org.apache.catalina.connector.Response servlet = servlet();
    if (servlet == null || servlet.isCommitted()) {
      return false;
    }
    servlet.resetBuffer(true);
    response.getMimeHeaders().removeHeader("Content-Encoding");
    servlet.setStatus(status);
    servlet.setContentType("application/json;charset=UTF-8");
    servlet.setContentLength(body.length);
    try {
      servlet.getWriter().write(new String(body, StandardCharsets.UTF_8));
      servlet.finishResponse();
    } catch (IOException clientHasLeft) {
      // Nobody is left to be told.
    }
    return true;
  }

  /** Past the servlet's own stream or writer, of which one may be in use. */
  @Override
  public boolean event(byte[] event) {
    org.apache.catalina.connector.Response servlet = servlet();
    String type = response.getContentType();
    if (servlet == null || servlet.isClosed() || !isEventStream(type)) {
      return false;
    }
    try {
      servlet.flushBuffer();
      response.doWrite(ByteBuffer.wrap(event));
      servlet.finishResponse();
    } catch (IOException clientHasLeft) {
      // Nobody is left to be told.
    }
    return true;
  }

  @Override
  public boolean isBlank() {
    org.apache.catalina.connector.Response servlet = servlet();
    return servlet != null
        && response.getStatus() == 200
        && !response.isCommitted()
        && servlet.getContentWritten() == 0;
  }

  @Override
  public boolean wake() {
    if (request.getNote(CoyoteAdapter.ADAPTER_NOTES)
        instanceof org.apache.catalina.connector.Request servlet) {
      AsyncContextImpl async = servlet.getAsyncContextInternal();
      try {
        if (async != null) {
          async.dispatch();
        }
      } catch (IllegalStateException completedMeanwhile) {
        // Its answer is on its way.
      }
    }
    return true;
  }

  @Override
  public boolean tellsWhenClientLeaves() {
    return request.protocol().equals("HTTP/2.0");
  }

  private org.apache.catalina.connector.@Nullable Response servlet() {
    Object note = request.getNote(CoyoteAdapter.ADAPTER_NOTES);
    return note instanceof org.apache.catalina.connector.Request servlet
        ? servlet.getResponse()
        : null;
  }

  @Override
  public Object key() {
    return request;
  }
}
