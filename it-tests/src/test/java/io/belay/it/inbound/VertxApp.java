package io.belay.it.inbound;

import io.belay.it.harness.App;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PfxOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.TimeUnit;

/** Vert.x with its router, whose failure handler answers 500 as applications' do. */
final class VertxApp implements App {
  @Override
  public String run(String... args) throws Exception {
    // It would warn of a slow machine.
    Vertx vertx = Vertx.vertx(new VertxOptions().setBlockedThreadCheckInterval(3_600_000));
    Router router = Router.router(vertx);
    router.route("/stream/*").handler(VertxApp::stream);
    router.route("/later/*").handler(VertxApp::later);
    router.route().handler(VertxApp::answer);
    router
        .route()
        .failureHandler(failed -> failed.response().setStatusCode(500).end("it has failed"));
    HttpServerOptions secure =
        new HttpServerOptions()
            .setSsl(true)
            .setKeyCertOptions(new PfxOptions().setPath(args[0]).setPassword(Tls.PASSWORD));
    return listen(vertx, router, new HttpServerOptions()) + " " + listen(vertx, router, secure);
  }

  private static int listen(Vertx vertx, Router router, HttpServerOptions options)
      throws Exception {
    return vertx
        .createHttpServer(options)
        .requestHandler(router)
        .listen(0, "127.0.0.1")
        .toCompletionStage()
        .toCompletableFuture()
        .get(30, TimeUnit.SECONDS)
        .actualPort();
  }

  private static void answer(RoutingContext context) {
    context
        .vertx()
        .executeBlocking(
            () -> Handler.answer(context.request().path(), context.request().query()), false)
        .onSuccess(text -> context.response().end(text))
        .onFailure(context::fail);
  }

  private static void later(RoutingContext context) {
    String path = context.request().path().substring("/later".length());
    String query = context.request().query();
    new Thread(
            () -> {
              try {
                context.response().end(Handler.answer(path, query));
              } catch (Exception failed) {
                context.fail(failed);
              }
            })
        .start();
  }

  private static void stream(RoutingContext context) {
    String path = context.request().path().substring("/stream".length());
    String query = context.request().query();
    context.response().setChunked(true).putHeader("Content-Type", "text/event-stream");
    context.response().write("data: begun\n\n");
    context
        .vertx()
        .executeBlocking(() -> Handler.answer(path, query), false)
        .onSuccess(text -> context.response().end("data: " + text + "\n\n"))
        .onFailure(context::fail);
  }
}
