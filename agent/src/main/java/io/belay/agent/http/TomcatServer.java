package io.belay.agent.http;

import io.belay.boot.Inbound;
import io.belay.boot.ServerAdapter;
import org.apache.coyote.Request;
import org.apache.coyote.Response;

/**
 * Tomcat 9 to 11, at the connector: below it nothing is servlets, so one adapter serves both names
 * of that API.
 */
public final class TomcatServer extends ServerAdapter {
  @Override
  public Inbound request(Object self, Object[] args) {
    return new TomcatRequest((Request) args[0], (Response) args[1]);
  }

  @Override
  public Object key(Object self, Object[] args) {
    return args[0];
  }
}
