package io.belay.demo;

/**
 * Where the research assistant finds its model, its tools and its database. Every value is a system
 * property with a default, so that the service also starts on its own.
 *
 * @param port the port to serve on; 0 lets the system choose
 * @param llmUrl base address of an OpenAI-compatible API, ending in {@code /v1}
 * @param llmKey the key sent to it
 * @param model the model asked
 * @param toolsUrl base address of the search, notes and crawl service
 * @param jdbcUrl the database; H2 in memory unless told otherwise, PostgreSQL works as well
 */
record Settings(
    int port, String llmUrl, String llmKey, String model, String toolsUrl, String jdbcUrl) {

  static Settings fromSystemProperties() {
    return new Settings(
        Integer.getInteger("demo.port", 8080),
        System.getProperty("demo.llm.url", "http://127.0.0.1:9090/v1"),
        System.getProperty("demo.llm.key", "sk-demo"),
        System.getProperty("demo.llm.model", "gpt-4.1"),
        System.getProperty("demo.tools.url", "http://127.0.0.1:9090"),
        System.getProperty("demo.jdbc.url", "jdbc:h2:mem:research;DB_CLOSE_DELAY=-1"));
  }
}
