package io.belay.agent.control;

import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A headless Chromium, driven over its DevTools protocol; needs nothing but the JDK. */
final class Browser implements AutoCloseable {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

  private static final int ANSWER_SECONDS = 120;

  private final Process process;
  private final URI devTools;
  private final HttpClient client = HttpClient.newHttpClient();

  /** Whether there is one on this machine; says so when there is none. */
  static boolean isInstalled() {
    if (executable() == null) {
      System.err.println(
          "WARNING: no Chromium on the path (" + NAMES + "): the page was not driven in a browser");
    }
    return executable() != null;
  }

  private static Path executable() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst()
        .orElse(null);
  }

  Browser(Path profile) throws IOException {
    process =
        new ProcessBuilder(
                executable().toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-dev-shm-usage",
                "--host-resolver-rules=MAP *.test 127.0.0.1",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectErrorStream(true)
            .redirectOutput(profile.resolve("chromium.log").toFile())
            .start();
    Path port = profile.resolve("DevToolsActivePort");
    Door.await("Chromium's port", () -> Files.exists(port) && lines(port).size() == 2);
    devTools = URI.create("http://127.0.0.1:" + lines(port).get(0));
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      return List.of();
    }
  }

  /** A new tab that shows {@code address}. */
  Tab tab(String address) throws IOException, InterruptedException {
    HttpResponse<String> made =
        client.send(
            HttpRequest.newBuilder(devTools.resolve("/json/new?about:blank"))
                .PUT(HttpRequest.BodyPublishers.noBody())
                .build(),
            HttpResponse.BodyHandlers.ofString());
    Map<?, ?> target = (Map<?, ?>) Door.parsed(made.body());
    Tab tab = new Tab(URI.create((String) target.get("webSocketDebuggerUrl")));
    tab.send("Page.enable", "{}");
    tab.send("Runtime.enable", "{}");
    tab.send("Log.enable", "{}");
    tab.send("Network.enable", "{}");
    tab.size(1280, 900);
    tab.go(address);
    return tab;
  }

  /** Ends it and all its processes, so that nobody writes to the profile any more. */
  @Override
  public void close() {
    List<ProcessHandle> family =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    process.destroy();
    for (ProcessHandle member : family) {
      try {
        member.onExit().get(10, TimeUnit.SECONDS);
      } catch (Exception e) {
        member.destroyForcibly();
      }
    }
  }

  /** One tab. */
  final class Tab implements WebSocket.Listener {
    private final AtomicInteger last = new AtomicInteger();
    private final Map<Integer, CompletableFuture<Map<?, ?>>> asked = new ConcurrentHashMap<>();
    private final StringBuilder partial = new StringBuilder();
    private final WebSocket socket;

    /** What the page's console complained of: errors, and what its own policy forbade. */
    final List<String> complaints = new CopyOnWriteArrayList<>();

    private Tab(URI address) {
      socket = client.newWebSocketBuilder().buildAsync(address, this).join();
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean end) {
      partial.append(data);
      if (end) {
        Map<?, ?> message = (Map<?, ?>) Door.parsed(partial.toString());
        partial.setLength(0);
        if (message.get("id") instanceof Long id) {
          asked.remove(id.intValue()).complete(message);
        } else if (List.of("Runtime.exceptionThrown", "Log.entryAdded")
            .contains(message.get("method"))) {
          complaints.add(message.get("params").toString());
        }
      }
      from.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
      lost(new IOException("the browser has closed the tab's line: " + status + ' ' + reason));
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      lost(error);
    }

    /** A browser that has died answers nothing any more. */
    private void lost(Throwable why) {
      asked.values().forEach(answer -> answer.completeExceptionally(why));
    }

    private Map<?, ?> send(String method, String parameters) {
      int id = last.incrementAndGet();
      CompletableFuture<Map<?, ?>> answer = new CompletableFuture<>();
      asked.put(id, answer);
      socket
          .sendText(
              "{\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":" + parameters + "}",
              true)
          .join();
      Map<?, ?> message = answer.orTimeout(ANSWER_SECONDS, TimeUnit.SECONDS).join();
      if (message.get("error") != null) {
        fail(method + ": " + message.get("error"));
      }
      return (Map<?, ?>) message.get("result");
    }

    void go(String address) {
      send("Page.navigate", "{\"url\":" + quoted(address) + "}");
    }

    void close() {
      try {
        send("Page.close", "{}");
      } catch (CompletionException gone) {
        // Its line may be closed before it has answered.
      }
    }

    void size(int width, int height) {
      send(
          "Emulation.setDeviceMetricsOverride",
          "{\"width\":"
              + width
              + ",\"height\":"
              + height
              + ",\"deviceScaleFactor\":1,\"mobile\":false}");
    }

    void dark(boolean dark) {
      send(
          "Emulation.setEmulatedMedia",
          "{\"features\":[{\"name\":\"prefers-color-scheme\",\"value\":\""
              + (dark ? "dark" : "light")
              + "\"}]}");
    }

    /** Presses a key where the focus is. */
    void key(String key) {
      String code = "\"key\":\"" + key + "\",\"code\":\"" + key + "\",\"windowsVirtualKeyCode\":";
      String number = Map.of("Enter", "13,\"text\":\"\\r\"", "Escape", "27", "Tab", "9").get(key);
      send("Input.dispatchKeyEvent", "{\"type\":\"keyDown\"," + code + number + "}");
      send("Input.dispatchKeyEvent", "{\"type\":\"keyUp\"," + code + number.split(",")[0] + "}");
    }

    /** Types where the focus is. */
    void type(String text) {
      send("Input.insertText", "{\"text\":" + quoted(text) + "}");
    }

    /** The value of an expression. */
    Object value(String expression) {
      Map<?, ?> result = evaluated(expression);
      assertNotEquals("error", result.get("subtype"), expression + ": " + result);
      return result.get("value");
    }

    private Map<?, ?> evaluated(String expression) {
      String options = "\"returnByValue\":true,\"awaitPromise\":true,\"expression\":";
      return (Map<?, ?>)
          send("Runtime.evaluate", '{' + options + quoted(expression) + '}').get("result");
    }

    /**
     * From now on {@code said} has what a button has said, however briefly, and whether it is off.
     */
    void hear(String button) {
      value(
          "window.said = []; new MutationObserver(() => said.push("
              + button
              + ".textContent + ("
              + button
              + ".getAttribute('aria-disabled') === 'true' ? ', off' : ''))).observe("
              + button
              + ", {attributes: true, childList: true, characterData: true, subtree: true})");
    }

    /** Waits until an expression is true. */
    void until(String expression) {
      Door.await(
          expression + "; the page shows: " + value("document.body && document.body.innerText"),
          () -> Boolean.TRUE.equals(evaluated("!!(" + expression + ")").get("value")));
    }

    /** A picture of what is shown, light and dark, kept with the build's results. */
    void picture(String name) throws IOException {
      Path folder = Files.createDirectories(Path.of("target", "screenshots"));
      for (boolean dark : new boolean[] {true, false}) {
        dark(dark);
        Map<?, ?> shot = send("Page.captureScreenshot", "{\"format\":\"png\"}");
        Files.write(
            folder.resolve(name + (dark ? "-dark" : "") + ".png"),
            Base64.getDecoder().decode((String) shot.get("data")));
      }
    }

    private String quoted(String text) {
      return new String(Json.document(json -> json.text("", text)), StandardCharsets.UTF_8);
    }
  }
}
