package io.belay.agent.boundary;

import java.util.List;

/** Every boundary there is, in the order in which they are woven. */
public final class Boundaries {
  /** All of them. */
  public static final List<Boundary> ALL =
      List.of(
          // How work changes hands inside the JDK
          new ThreadBoundary(),
          new ExecutorBoundary(),
          new ForkJoinBoundary(),
          new TimerBoundary(),
          new CompletableFutureBoundary(),
          // ... and in runtimes
          new KotlinBoundary(),
          new ScalaBoundary(),
          new PekkoBoundary(),
          new GuavaBoundary(),
          new NettyExecutorBoundary(),
          new VertxContextBoundary(),
          new ReactorBoundary(),
          // HTTP clients
          new OkHttpBoundary(),
          new JavaHttpClientBoundary(),
          new HttpUrlConnectionBoundary(),
          new JettyClientBoundary(),
          new Apache5Boundary(),
          new Apache4Boundary(),
          new ReactorNettyBoundary(),
          new SpringWebBoundary(),
          new AwsBoundary(),
          // SDKs of models, agent frameworks and their tools
          new OpenAiBoundary(),
          new AnthropicBoundary(),
          new GoogleGenAiBoundary(),
          new AzureBoundary(),
          new Ollama4jBoundary(),
          new LangChain4jBoundary(),
          new SpringAiBoundary(),
          new GoogleAdkBoundary(),
          new McpBoundary(),
          new McpServerBoundary(),
          new A2aBoundary(),
          // Databases
          new JdbcBoundary(),
          new JdbcTransactionBoundary(),
          new JdbcXaBoundary(),
          new JdbcStatementBoundary(),
          new JdbcRowBoundary(),
          new JdbcFetchBoundary(),
          new JdbcPoolBoundary(),
          new HibernateBoundary(),
          new R2dbcBoundary(),
          new VertxSqlBoundary(),
          // HTTP servers
          new ConnectionBoundary(),
          new JdkServerBoundary(),
          new TomcatBoundary(),
          new TomcatWebSocketBoundary(),
          new ServletBoundary(),
          new ReactorServerBoundary(),
          new ReactorWebSocketBoundary(),
          new VertxServerBoundary(),
          new WebFluxBoundary(),
          new SpringMvcBoundary());

  private Boundaries() {}
}
