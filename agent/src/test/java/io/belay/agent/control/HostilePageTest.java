package io.belay.agent.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.belay.agent.run.Kind;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** A page of somebody else's in a real browser, which is to reach nothing. */
@EnabledIf("io.belay.agent.control.Browser#isInstalled")
class HostilePageTest {
  /** All that a page can do to a server that is not its own; what it can read is collected. */
  private static final String ATTACK =
      """
      (async () => {
        const got = [];
        const attempt = async f => { try { got.push(await f()); } catch (e) { } };
        const text = async (path, options) => (await fetch('TARGET' + path, options)).text();
        await attempt(() => text('/runs'));
        await attempt(() => text('/runs', {mode: 'no-cors'}));
        await attempt(() => text('/runs', {credentials: 'include'}));
        await attempt(() => text('/runs/r1/stop', {method: 'POST', mode: 'no-cors', body: '{}'}));
        await attempt(() => text('/runs/r1/stop', {method: 'POST', mode: 'no-cors', body: '{}',
          headers: {'Content-Type': 'text/plain'}}));
        await attempt(() => text('/runs/r1/stop', {method: 'POST',
          headers: {'Content-Type': 'application/json'}}));
        await attempt(() => text('/runs/r1/budget', {method: 'POST', mode: 'no-cors',
          body: '{"llm-calls":0}'}));
        await attempt(async () => {
          navigator.sendBeacon('TARGET/runs/r1/stop', '{}');
          return '';
        });
        await attempt(() => new Promise((yes, no) => {
          const s = new EventSource('TARGET/events');
          s.onopen = () => yes('events');
          s.onerror = () => { s.close(); no(); };
        }));
        await attempt(() => new Promise((yes, no) => {
          const s = new WebSocket('TARGET/events'.replace('http', 'ws'));
          s.onopen = () => yes('socket');
          s.onerror = () => no();
        }));
        for (const tag of ['img', 'script', 'link']) {
          await attempt(() => new Promise((yes, no) => {
            const e = document.createElement(tag);
            e.rel = 'stylesheet';
            e.onload = () => yes(tag);
            e.onerror = () => no();
            e.src = e.href = 'TARGET/runs';
            document.body.append(e);
          }));
        }
        for (const type of ['application/x-www-form-urlencoded', 'text/plain']) {
          await attempt(() => new Promise(done => {
            const f = document.createElement('form');
            f.method = 'POST';
            f.enctype = type;
            f.action = 'TARGET/runs/r1/stop';
            f.target = 'f';
            const i = document.createElement('input');
            i.name = '{"reason":"';
            i.value = '"}';
            f.append(i);
            document.querySelector('iframe').onload = () => done('');
            document.body.append(f);
            f.submit();
          }));
        }
        await attempt(() => new Promise((yes, no) => {
          const i = document.createElement('iframe');
          i.src = 'TARGET/';
          i.onload = () => { try { yes(i.contentDocument.body.innerText); } catch (e) { no(); } };
          document.body.append(i);
        }));
        return got.join('');
      })()
      """;

  private static Browser browser;
  private Door door;

  @BeforeAll
  static void start() throws Exception {
    Path build = Files.createDirectories(Path.of("target"));
    browser = new Browser(Files.createTempDirectory(build, "chromium-").toAbsolutePath());
  }

  @AfterAll
  static void end() {
    browser.close();
  }

  @BeforeEach
  void open() throws Exception {
    door = new Door();
    door.agent("r1", Kind.COMMIT, "COMMIT");
  }

  @AfterEach
  void close() throws Exception {
    assertEquals("running", door.get("/runs/r1").object().get("status"));
    assertEquals("{}", door.get("/runs/r1").object().get("budget").toString());
    String metrics = door.get("/metrics").body();
    assertTrue(metrics.contains("belay_event_subscribers 0\n"), metrics);
    assertTrue(metrics.contains("belay_event_subscribers_gone_total 0\n"), metrics);
    door.close();
  }

  private void attackFrom(String address) throws Exception {
    Browser.Tab tab = browser.tab(address);
    tab.until("document.title === 'win a prize'");
    assertEquals("", tab.value(ATTACK.replace("TARGET", door.control.address())), address);
    tab.close();
  }

  /** On another port of this machine, under each of its names, and on another machine's. */
  @Test
  void aPageOfAnotherSiteReachesNothing() throws Exception {
    HttpServer foreign = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    foreign.createContext(
        "/",
        exchange -> {
          byte[] html = "<title>win a prize</title><body><iframe name=f></iframe>".getBytes(UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "text/html");
          exchange.sendResponseHeaders(200, html.length);
          exchange.getResponseBody().write(html);
          exchange.close();
        });
    foreign.start();
    try {
      for (String name : List.of("localhost", "127.0.0.1", "evil.test")) {
        attackFrom("http://" + name + ":" + foreign.getAddress().getPort());
      }
    } finally {
      foreign.stop(0);
    }
  }

  /** Its name now leads here, so that for the browser all of this is its own site. */
  @Test
  void aNameThatIsMadeToLeadHereReachesNothing() throws Exception {
    String own = "http://rebound.test:" + door.uri("/").getPort();
    Browser.Tab tab = browser.tab(own + "/");
    tab.until("document.body && document.body.innerText.includes('Misdirected Request')");
    for (String request :
        List.of(
            "fetch('/runs')",
            "fetch('/runs/r1')",
            "fetch('/events')",
            "fetch('/metrics')",
            "fetch('/runs/r1/stop', {method: 'POST', body: '{}'})",
            "fetch('/runs/r1/budget', {method: 'POST', body: '{\"llm-calls\":0}'})")) {
      assertEquals(421L, tab.value(request + ".then(answer => answer.status)"), request);
    }
    tab.close();
  }
}
