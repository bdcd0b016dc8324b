package io.belay.it.llm;

import dev.langchain4j.agent.tool.P;
import io.belay.it.harness.Script;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** What the agents of these tests can do: fetch a page. The last part of its path is the key. */
public final class Tool {
  /** For frameworks that call methods of an object. */
  @dev.langchain4j.agent.tool.Tool("fetches a page")
  @org.springframework.ai.tool.annotation.Tool(name = "lookUp", description = "fetches a page")
  public String lookUp(@P("url") String url) {
    return fetch(url);
  }

  /** For frameworks that call static methods. */
  public static String fetch(String url) {
    String key = url.substring(url.lastIndexOf('/') + 1);
    Script.tell(key, "in the tool");
    Script.await(key, "go on");
    try (InputStream page = URI.create(url).toURL().openStream()) {
      return new String(page.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
