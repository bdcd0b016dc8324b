package io.belay.agent.boundary;

/**
 * Spring WebFlux, 5.3 to 7, where a handler's failure is on its way to what the application does
 * about failures: one that comes of a stop is answered there, so that neither an exception handler
 * of the application nor an error page is asked.
 */
final class WebFluxBoundary implements Boundary {
  @Override
  public String name() {
    return "webflux";
  }

  @Override
  public void declare(Sites sites) {
    sites
        .in(
            "org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerAdapter")
        .failed("handleException", 4)
        .adapter("WebFluxServer")
        .in(
            "org.springframework.web.server.handler.ExceptionHandlingWebHandler$CheckpointInsertingHandler")
        .failed("handle", 2)
        .adapter("WebFluxServer");
  }
}
