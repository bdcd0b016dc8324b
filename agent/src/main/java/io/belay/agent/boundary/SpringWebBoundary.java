package io.belay.agent.boundary;

/**
 * Spring's RestTemplate and RestClient, 5.3 to 7, over whatever client. Their calls are stopped and
 * read below; on the way up a request factory makes an I/O error of a refusal (a timeout, for the
 * JDK's client), which callers such as Spring AI would try again for minutes.
 */
final class SpringWebBoundary implements Boundary {
  @Override
  public String name() {
    return "spring-web";
  }

  @Override
  public void declare(Sites sites) {
    sites.in("org.springframework.http.client.AbstractClientHttpRequest").tell("execute", 0);
  }
}
