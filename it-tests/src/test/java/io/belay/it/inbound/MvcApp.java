package io.belay.it.inbound;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.belay.it.harness.App;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.ErrorPage;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.config.annotation.AsyncSupportConfigurer;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/**
 * Spring MVC on Tomcat, put together as Spring Boot does it: its dispatcher is the default servlet,
 * and what fails goes to the page {@code /error}, unless the application has a handler of its own.
 * The servlet API changed its name between its versions, so nothing here names it.
 */
final class MvcApp implements App {
  @Override
  public String run(String... args) throws Exception {
    AnnotationConfigWebApplicationContext spring = new AnnotationConfigWebApplicationContext();
    spring.register(Web.class, Answers.class, Failures.class);
    return TomcatApp.start(args[0], tomcat -> deploy(tomcat, spring));
  }

  private static void deploy(Tomcat tomcat, WebApplicationContext spring) throws Exception {
    Context context = tomcat.addContext("", null);
    Wrapper wrapper = context.createWrapper();
    wrapper.setName("dispatcher");
    wrapper.setAsyncSupported(true);
    Method servlet =
        Arrays.stream(Wrapper.class.getMethods())
            .filter(method -> method.getName().equals("setServlet"))
            .findFirst()
            .orElseThrow();
    servlet.invoke(wrapper, new DispatcherServlet(spring));
    context.addChild(wrapper);
    wrapper.addMapping("/");
    ErrorPage page = new ErrorPage();
    page.setLocation("/error");
    context.addErrorPage(page);
  }

  /** Its configuration. */
  @Configuration
  @EnableWebMvc
  static class Web implements WebMvcConfigurer {
    @Bean
    AsyncTaskExecutor threads() {
      ThreadPoolTaskExecutor threads = new ThreadPoolTaskExecutor();
      threads.setCorePoolSize(8);
      return threads;
    }

    @Override
    public void configureAsyncSupport(AsyncSupportConfigurer async) {
      async.setTaskExecutor(threads()).setDefaultTimeout(120_000);
    }
  }

  /** Its routes: one for each way to answer. */
  @RestController
  static class Answers {
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @GetMapping("/**")
    String any(NativeWebRequest request) throws IOException {
      return answer(request, "");
    }

    /** What the application makes of a failure by itself. */
    @GetMapping("/handled/**")
    String handled(NativeWebRequest request) throws IOException {
      try {
        return answer(request, "/handled");
      } catch (RuntimeException failure) {
        throw new Mishap(failure);
      }
    }

    @GetMapping("/senderror/**")
    void sendError(NativeWebRequest request) {
      try {
        answer(request, "/senderror");
      } catch (IOException | RuntimeException failure) {
        ServletPart.call(request.getNativeResponse(), "sendError", 500, "mine");
      }
    }

    @GetMapping("/callable/**")
    Callable<String> callable(NativeWebRequest request) {
      return () -> answer(request, "/callable");
    }

    @GetMapping("/later/**")
    DeferredResult<String> later(NativeWebRequest request) {
      DeferredResult<String> later = new DeferredResult<>();
      threads.execute(
          () -> {
            try {
              later.setResult(answer(request, "/later"));
            } catch (IOException | RuntimeException failed) {
              later.setErrorResult(failed);
            }
          });
      return later;
    }

    @GetMapping("/future/**")
    CompletableFuture<String> future(NativeWebRequest request) {
      return CompletableFuture.supplyAsync(
          () -> {
            try {
              return answer(request, "/future");
            } catch (IOException failed) {
              throw new CompletionException(failed);
            }
          },
          threads);
    }

    @GetMapping("/emit/**")
    SseEmitter emit(NativeWebRequest request) {
      SseEmitter emitter = new SseEmitter(120_000L);
      threads.execute(
          () -> {
            try {
              emitter.send("begun");
              emitter.send(answer(request, "/emit"));
              emitter.complete();
            } catch (IOException | RuntimeException failed) {
              emitter.completeWithError(failed);
            }
          });
      return emitter;
    }

    @GetMapping("/stream/**")
    ResponseEntity<StreamingResponseBody> stream(NativeWebRequest request) {
      return ResponseEntity.ok()
          .contentType(MediaType.TEXT_EVENT_STREAM)
          .body(
              out -> {
                out.write("data: begun\n\n".getBytes(UTF_8));
                ServletPart.call(request.getNativeResponse(), "flushBuffer");
                String text = answer(request, "/stream");
                out.write(("data: " + text + "\n\n").getBytes(UTF_8));
              });
    }

    @GetMapping("/error")
    ResponseEntity<String> error() {
      return ResponseEntity.status(500).body("{\"error\":\"Internal Server Error\"}");
    }

    private static String answer(NativeWebRequest request, String way) throws IOException {
      Object servlets = request.getNativeRequest();
      String path = (String) ServletPart.call(servlets, "getRequestURI");
      String query = (String) ServletPart.call(servlets, "getQueryString");
      return Handler.answer(path.substring(way.length()), query);
    }
  }

  /** A failure as the application calls it. */
  static final class Mishap extends RuntimeException {
    private static final long serialVersionUID = 1;

    Mishap(Throwable cause) {
      super(cause);
    }
  }

  /** What it makes of those. */
  @ControllerAdvice
  static class Failures {
    @ExceptionHandler(Mishap.class)
    ResponseEntity<String> failed(Mishap failure) {
      return ResponseEntity.status(500).body("it has failed");
    }
  }
}
