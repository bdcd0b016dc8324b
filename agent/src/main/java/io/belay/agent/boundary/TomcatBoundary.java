package io.belay.agent.boundary;

import static io.belay.agent.run.As.RUNNABLE;

/**
 * Tomcat 9 to 11, embedded or not. A request enters the container through its connector's adapter,
 * and again for each step of an asynchronous answer; the application's part is the filter chain.
 */
final class TomcatBoundary implements Boundary {
  @Override
  public String name() {
    return "tomcat";
  }

  @Override
  public void declare(Sites sites) {
    sites
        .in("org.apache.catalina.connector.CoyoteAdapter")
        .request("service", 2)
        .adapter("TomcatServer")
        .resumed("asyncDispatch", 3)
        .adapter("TomcatServer")
        .in("org.apache.catalina.core.ApplicationFilterChain")
        .edge("doFilter", 2)
        .in("org.apache.catalina.connector.Response")
        .answered("sendError", 2)
        .in("org.apache.catalina.core.AsyncContextImpl")
        .handOff("start", 0, RUNNABLE, "java.lang.Runnable")
        .completed("complete", 0)
        .adapter("TomcatServer")
        .in("org.apache.coyote.http2.Stream")
        .left("receiveReset", 1)
        .adapter("TomcatServer")
        // Whoever completes an answer makes a thread of the server take the connection up again.
        .in("org.apache.tomcat.util.net.AbstractEndpoint")
        .noRun("processSocket");
  }
}
