package io.belay.it.llm;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server of the Model Context Protocol in a process of its own, which has one tool. */
final class StdioMcpServer {
  private static final Pattern ID = Pattern.compile("\"id\":(\"[^\"]*\"|\\d+)");
  private static final Pattern METHOD = Pattern.compile("\"method\":\"([^\"]+)\"");

  private StdioMcpServer() {}

  public static void main(String[] args) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      Matcher id = ID.matcher(line);
      Matcher method = METHOD.matcher(line);
      if (id.find() && method.find()) {
        System.out.printf(
            "{\"jsonrpc\":\"2.0\",\"id\":%s,\"result\":%s}%n",
            id.group(1), result(method.group(1)));
        System.out.flush();
      }
    }
  }

  private static String result(String method) {
    return switch (method) {
      case "initialize" ->
          "{\"protocolVersion\":\"2024-11-05\",\"capabilities\":{\"tools\":{}},"
              + "\"serverInfo\":{\"name\":\"pages\",\"version\":\"1\"}}";
      case "tools/list" ->
          "{\"tools\":[{\"name\":\"lookUp\",\"description\":\"fetches a page\",\"inputSchema\":"
              + "{\"type\":\"object\",\"properties\":{\"url\":{\"type\":\"string\","
              + "\"description\":\"where\"}},\"required\":[\"url\"]}}]}";
      case "tools/call" -> "{\"content\":[{\"type\":\"text\",\"text\":\"42\"}],\"isError\":false}";
      default -> "{}";
    };
  }
}
