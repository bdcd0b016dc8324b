package io.belay.agent.boundary;

/**
 * Spring MVC, 5.3 to 7, in whatever servlet container, where a handler's failure is on its way to
 * what the application does about failures. Those write their answer out at once; one that comes of
 * a stop is therefore answered before they are asked.
 */
final class SpringMvcBoundary implements Boundary {
  @Override
  public String name() {
    return "spring-mvc";
  }

  @Override
  public void declare(Sites sites) {
    sites
        .in("org.springframework.web.servlet.DispatcherServlet")
        .failed("processHandlerException", 4)
        .adapter("ServletServer");
  }
}
