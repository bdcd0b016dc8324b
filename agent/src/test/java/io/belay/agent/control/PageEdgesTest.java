package io.belay.agent.control;

import static io.belay.agent.control.PageTest.card;
import static io.belay.agent.control.PageTest.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.belay.agent.run.Kind;
import io.belay.agent.run.Policy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** The page where much is shown, little is heard, or no mouse is at hand. */
@EnabledIf("io.belay.agent.control.Browser#isInstalled")
class PageEdgesTest {
  private static final String LIVE = "document.getElementById('link').textContent === 'Live'";
  private static final String SAID = "document.getElementById('say').textContent";
  private static final String DIALOG = "document.querySelector('#dialog[open]')?";
  private static Browser browser;

  @BeforeAll
  static void start() throws Exception {
    Path build = Files.createDirectories(Path.of("target"));
    browser = new Browser(Files.createTempDirectory(build, "chromium-").toAbsolutePath());
  }

  @AfterAll
  static void end() {
    browser.close();
  }

  private static Browser.Tab page(Door door) throws Exception {
    Browser.Tab tab = browser.tab(door.control.address() + "/");
    tab.until(LIVE);
    return tab;
  }

  /** Nothing is wider than what it stands in. */
  private static void assertFits(Browser.Tab tab, String where) {
    assertEquals(
        "[]",
        tab.value(
            "JSON.stringify([document.documentElement, ...document.querySelectorAll("
                + "'#dialog[open], .run')].filter(e => e.scrollWidth > e.clientWidth + 2)"
                + ".map(e => (e.id || e.className || e.tagName) + ' ' + e.scrollWidth))"),
        where);
  }

  @Test
  void whatIsLongBreaksAndDoesNotPushAnythingAway() throws Exception {
    String longest = "tenant-4711:conversation:" + "0123456789abcdef".repeat(6) + "~12.3";
    String target = "POST https://api.example.com/v1/" + "very-long-path-without-end".repeat(20);
    try (Door door = new Door()) {
      Door.Agent parent = door.agent(longest, Kind.HTTP, target);
      parent.child("child-of-" + longest.substring(0, 110), Kind.SQL, "SELECT " + "x".repeat(300));
      door.budgets.change(
          door.runs.find(longest), Map.of("output-tokens", "123456789012", "cost-usd", "1234.5"));
      Browser.Tab tab = page(door);
      tab.until(card(longest, "stop"));
      for (int width : new int[] {1280, 420, 320}) {
        tab.size(width, 900);
        assertFits(tab, "runs at " + width);
        tab.value(card(longest, "stop.click()"));
        tab.until(DIALOG + ".innerText.includes('sub-run')");
        assertFits(tab, "preview at " + width);
        tab.picture("long-preview-" + width);
        tab.key("Escape");
        tab.until("!document.getElementById('dialog').open");
        tab.value(card(longest, "budget.click()"));
        tab.until(DIALOG + ".innerText.includes('Limits of')");
        assertFits(tab, "limits at " + width);
        tab.picture("limits-" + width);
        tab.key("Escape");
        tab.until("!document.getElementById('dialog').open");
        tab.picture("long-" + width);
      }
      door.post("/runs/" + longest + "/stop", "{\"reason\":\"" + "why".repeat(60) + "\"}");
      tab.until(text(longest, "chip") + " === 'stopping'");
      for (int width : new int[] {1280, 768, 420, 320}) {
        tab.size(width, 900);
        assertFits(tab, "stopping at " + width);
        tab.value(card(longest, "report.click()"));
        tab.until(DIALOG + ".innerText.includes('In flight at the stop')");
        assertFits(tab, "report at " + width);
        assertEquals(
            true,
            tab.value(
                "[...document.querySelectorAll('.outcome')].every(e => e.scrollWidth > 0 &&"
                    + " e.getBoundingClientRect().right < document.documentElement.clientWidth)"),
            "what became of each call is seen without scrolling to the side, at " + width);
        tab.picture("long-report-" + width);
        tab.key("Escape");
        tab.until("!document.getElementById('dialog').open");
      }
      tab.value("document.getElementById('go-coverage').click()");
      tab.until("document.getElementById('coverage').innerText.includes('Test#')");
      assertFits(tab, "coverage at 320");
      tab.picture("coverage-320");
      assertEquals(List.of(), tab.complaints);
      tab.close();
    }
  }

  @Test
  void ofAThousandRunsAnyOneIsFoundAndStopped() throws Exception {
    try (Door door = new Door()) {
      for (int i = 0; i < 800; i++) {
        door.completed("nightly-" + i);
      }
      for (int i = 0; i < 200; i++) {
        door.yielding("chat-" + i, Kind.LLM, "POST https://llm.example.com/v1/chat/completions");
      }
      Browser.Tab tab = page(door);
      tab.until("document.getElementById('summary').textContent.startsWith('200 running')");
      tab.until("document.getElementById('more').textContent.includes('filter to see them')");
      assertTrue((Long) tab.value("document.querySelectorAll('.run').length") <= 400);
      tab.picture("thousand");
      tab.value("document.getElementById('filter').focus()");
      tab.type("chat-137");
      tab.until("document.querySelectorAll('.run').length === 2");
      tab.value(card("chat-137", "stop.click()"));
      tab.until(text("chat-137", "chip") + " === 'stopped'");
      tab.picture("thousand-filtered");
      assertEquals("running", door.get("/runs/chat-136").object().get("status"));
      assertEquals(List.of(), tab.complaints);
      tab.close();
    }
  }

  @Test
  void allOfItIsDoneWithoutAMouseAndSaidAloud() throws Exception {
    try (Door door = new Door()) {
      Door.Agent planner = door.agent("r1", Kind.COMMIT, "COMMIT");
      planner.child("r1.child", Kind.LLM, "POST https://llm.example.com/v1/chat/completions");
      Browser.Tab tab = page(door);
      tab.until(card("r1.child", "stop"));
      tabTo(tab, "Stop name of r1");
      tab.key("Enter");
      tab.until("document.getElementById('dialog').open");
      assertEquals("Stop", tab.value("document.activeElement.textContent"));
      tab.key("Escape");
      tab.until("document.activeElement.getAttribute('aria-label') === 'Stop name of r1'");
      assertEquals("running", door.get("/runs/r1").object().get("status"));
      tab.key("Enter");
      tab.until("document.getElementById('dialog').open");
      tab.key("Enter");
      tab.until(SAID + ".includes('Stopping name of r1…')");
      tab.until(SAID + ".includes('name of r1: stopping')");
      tab.until(SAID + ".includes('name of r1.child: stopped')");
      planner.finish();
      tab.until(SAID + ".includes('name of r1: stopped')");
      tabTo(tab, "Report of name of r1");
      tab.key("Enter");
      tab.until("document.activeElement.textContent === 'Close'");
      tab.key("Enter");
      tab.until("!document.getElementById('dialog').open");
      assertEquals("polite", tab.value("document.getElementById('say').getAttribute('aria-live')"));
      assertEquals(List.of(), tab.complaints);
      tab.close();
    }
  }

  private static void tabTo(Browser.Tab tab, String label) {
    for (int i = 0; i < 30; i++) {
      tab.key("Tab");
      if (label.equals(tab.value("document.activeElement.getAttribute('aria-label')"))) {
        return;
      }
    }
    throw new AssertionError("the keyboard does not come to " + label);
  }

  /** Its connections stay open: nothing but its silence tells. */
  @Test
  void aSuspendedJvmIsNotTakenForOneThatHasNothingToSay() throws Exception {
    try (DoorProcess jvm = new DoorProcess()) {
      Browser.Tab tab = browser.tab(jvm.address + "/");
      tab.until(LIVE);
      tab.until(text("r1", "chip") + " === 'running'");
      jvm.signal("STOP");
      tab.hear("cards.get('r1').stop");
      tab.value(card("r1", "stop.click()"));
      tab.until("said.includes('Stopping…, off')");
      tab.until(text("r1", "why") + ".includes('has not answered for 5 s')");
      assertEquals("Retry stop", tab.value(text("r1", "stop")));
      assertEquals("running", tab.value(text("r1", "chip")), "nothing is shown that nobody said");
      tab.picture("suspended");
      tab.until("!document.getElementById('lost').hidden");
      tab.picture("suspended-silent");
      tab.hear("cards.get('r1').stop");
      tab.value(card("r1", "stop.click()"));
      tab.until("said.includes('Stopping…, off')");
      jvm.signal("CONT");
      tab.until(text("r1", "chip") + " === 'stopping'");
      tab.until(LIVE);
      assertEquals(true, tab.value("document.getElementById('lost').hidden"));
      tab.close();
    }
  }

  /** Browsers allow six connections to a host, and each event stream is one. */
  @Test
  void aTabThatNobodySeesLeavesItsConnectionToTheOthers() throws Exception {
    try (Door door = new Door()) {
      Door.Agent agent = door.agent("r1", Kind.COMMIT, "COMMIT");
      Browser.Tab tab = page(door);
      tab.until(text("r1", "chip") + " === 'running'");
      hide(tab, true);
      door.completed("r2"); // An event, by which the server finds out that nobody reads.
      Door.await("the stream is let go of", () -> metric(door).contains("subscribers 0\n"));
      door.post("/runs/r1/stop", "{}");
      tab.until(text("r1", "chip") + " === 'stopping'");
      tab.until("document.title.startsWith('Stopping…')");
      hide(tab, false);
      Door.await("it listens again", () -> metric(door).contains("subscribers 1\n"));
      agent.finish();
      tab.until(text("r1", "chip") + " === 'stopped'");
      tab.until(LIVE);
      assertEquals(List.of(), tab.complaints);
      tab.close();
    }
  }

  private static void hide(Browser.Tab tab, boolean hidden) {
    tab.value(
        "Object.defineProperty(document, 'hidden', {value: "
            + hidden
            + ", configurable: true}); document.dispatchEvent(new Event('visibilitychange'))");
  }

  private static String metric(Door door) {
    try {
      return door.get("/metrics").body();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whereBelayOnlyObservesThePageSaysSo() throws Exception {
    Policy d = Policy.defaults();
    Policy observing =
        new Policy(
            false, d.wake(), d.grace(), d.httpWriteGrace(), d.shieldTimeout(), d.allow(), d.keep());
    try (Door door = new Door("", observing)) {
      door.agent("r1", Kind.LLM, "POST https://llm.example.com/v1/chat/completions");
      Browser.Tab tab = page(door);
      tab.until("!document.getElementById('observing').hidden");
      tab.until(card("r1", "stop"));
      tab.value(card("r1", "stop.click()"));
      tab.until(text("r1", "chip") + " === 'stopping'");
      tab.until(text("r1", "why") + ".startsWith('Only observed')");
      tab.picture("observing");
      tab.close();
    }
  }
}
