package io.belay.agent.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.belay.agent.run.Kind;
import io.belay.agent.run.Run;
import io.belay.agent.run.Spend;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** The page in a real browser, over real runs, in every state it can be in. */
@EnabledIf("io.belay.agent.control.Browser#isInstalled")
class PageTest {
  private static final String WRITE = "POST https://api.example.com/v1/charges";
  private static final String LLM = "POST https://llm.example.com/v1/chat/completions";

  private static Browser browser;
  private final List<Browser.Tab> tabs = new ArrayList<>();
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
  }

  @AfterEach
  void close() {
    tabs.forEach(Browser.Tab::close);
    door.close();
  }

  private Browser.Tab tab(Door shown) throws Exception {
    Browser.Tab tab = browser.tab(shown.control.address() + "/");
    tabs.add(tab);
    return tab;
  }

  private Browser.Tab page() throws Exception {
    Browser.Tab tab = tab(door);
    tab.until("document.getElementById('link').textContent === 'Live'");
    return tab;
  }

  /** The element of a run's card. */
  static String card(String id, String part) {
    return "cards.get('" + id + "')?." + part;
  }

  static String text(String id, String part) {
    return card(id, part) + ".textContent";
  }

  /** A planner with two sub-agents, limits, and something spent. */
  private Door.Agent story() {
    Door.Agent planner = door.yielding("research-42", Kind.TOOL, "search");
    planner.child("research-42.writer", Kind.HTTP, WRITE);
    planner.child("research-42.reader", Kind.LLM, LLM);
    Run run = door.runs.find("research-42");
    Spend.book(door.runs.find("research-42.reader"), 12_400, 3_810, 0.0912);
    Spend.book(run, 2_000, 640, 0.0164);
    door.budgets.change(
        run,
        Map.of("output-tokens", "20000", "cost-usd", "0.12", "llm-calls", "2", "time", "600000ms"));
    door.budgets.reserved.put("research-42", Map.of("output-tokens", 4096, "cost-usd", 0.01));
    return planner;
  }

  @Test
  void runsAreShownAsATreeWithTheirUseAndTheirLimits() throws Exception {
    story();
    door.completed("nightly-7");
    door.failed("import-3");
    Browser.Tab tab = page();
    tab.until("cards.has('research-42.reader')");
    tab.until(card("research-42.reader", "root.parentElement === ") + card("research-42", "below"));
    assertTrue(tab.value(text("research-42", "facts")).toString().contains("14,400 in, 4,450 out"));
    tab.until(text("research-42", "bars") + ".includes('4,450 of 20,000, 4,096 reserved')");
    assertEquals("completed", tab.value(text("nightly-7", "chip")));
    assertEquals(true, tab.value(card("nightly-7", "stop.hidden")));
    assertEquals("failed", tab.value(text("import-3", "chip")));
    tab.until(text("research-42.writer", "calls") + ".includes('" + WRITE + "')");
    tab.picture("runs");
    tab.size(420, 900);
    tab.picture("runs-narrow");
    assertEquals(List.of(), tab.complaints);
  }

  @Test
  void aRunWithoutOthersBelowIsStoppedAtOnceAndShownStoppedOnlyWhenItIs() throws Exception {
    Door.Agent agent = door.agent("r1", Kind.HTTP, WRITE);
    Browser.Tab tab = page();
    tab.until(text("r1", "chip") + " === 'running'");
    tab.hear("cards.get('r1').stop");
    tab.value(card("r1", "stop.focus()"));
    tab.key("Enter");
    tab.until(text("r1", "chip") + " === 'stopping'");
    tab.until("said.includes('Stopping…, off')"); // It offers force soon.
    tab.until(
        text("r1", "why") + ".startsWith('No new calls. Waiting for 1 write: " + WRITE + "')");
    assertTrue(
        tab.value("document.getElementById('say').textContent").toString().contains("stopping"));
    tab.picture("stopping");
    tab.until(text("r1", "stop") + " === 'Force stop'");
    tab.picture("force");
    assertEquals("stopping", tab.value(text("r1", "chip")), "the call goes on");
    tab.key("Enter");
    tab.until(text("r1", "stop") + " === 'Forcing…'");
    // The page says so when it asks; a call that finishes before the JVM hears of it is done.
    Door.await(
        "the forced stop to end the call",
        () -> door.runs.find("r1").calls().get(0).outcome().toString().equals("unknown"));
    agent.finish();
    tab.until(text("r1", "chip") + " === 'stopped'");
    tab.until(text("r1", "check") + ".includes('1 item needs your check')");
    assertEquals(true, tab.value(card("r1", "stop.hidden")));
    tab.value(card("r1", "report.click()"));
    tab.until("document.getElementById('dialog').textContent.includes('Sent, no answer')");
    assertFalse(tab.value("document.body.innerText").toString().contains("cancel"));
    tab.picture("report");
    tab.key("Escape");
    tab.until("!document.getElementById('dialog').open");
    tab.picture("stopped");
    assertEquals(List.of(), tab.complaints);
  }

  @Test
  void aRunWithOthersBelowIsPreviewedFirst() throws Exception {
    Door.Agent planner = story();
    Browser.Tab tab = page();
    tab.until(card("research-42.reader", "stop"));
    tab.value(card("research-42", "stop.click()"));
    tab.until("document.getElementById('dialog').open");
    String told = tab.value("document.getElementById('dialog').innerText").toString();
    assertTrue(told.contains("This stops the run and 2 sub-runs."), told);
    assertTrue(told.contains("Ended at once: 1"), told);
    assertTrue(told.contains("up to 10 s"), told);
    assertEquals("running", door.get("/runs/research-42").object().get("status"));
    tab.picture("preview");
    tab.key("Enter");
    tab.until(text("research-42", "chip") + " === 'stopping'");
    tab.until(text("research-42.reader", "chip") + " === 'stopped'");
    planner.finish();
    door.post("/runs/research-42/stop", "{\"force\":true}");
    tab.until(text("research-42", "chip") + " === 'stopped'");
    tab.value("location.hash = 'report=research-42'");
    tab.until("document.getElementById('dialog').textContent.includes('until quiet')");
    tab.picture("report-tree");
  }

  @Test
  void everythingIsStoppedOnlyAfterItWasTyped() throws Exception {
    door.yielding("r1", Kind.LLM, LLM);
    Browser.Tab tab = page();
    tab.until(card("r1", "stop"));
    tab.value(card("jvm", "stop.click()"));
    tab.until("document.activeElement.id === 'typed'");
    tab.key("Enter");
    tab.type("stop al");
    assertEquals(true, tab.value("document.querySelector('#dialog button.stop').disabled"));
    tab.picture("stop-all");
    tab.key("Enter");
    assertEquals("running", door.get("/runs/r1").object().get("status"));
    tab.type("l");
    tab.key("Enter");
    tab.until(text("r1", "chip") + " === 'stopped'");
    tab.until(text("jvm", "chip") + " === 'stopped'");
    tab.picture("all-stopped");
  }

  @Test
  void whenTheJvmDoesNotAnswerThePageSaysSoAndTriesAgain() throws Exception {
    door.agent("r1", Kind.COMMIT, "COMMIT");
    Browser.Tab tab = page();
    tab.until(text("r1", "chip") + " === 'running'");
    int port = door.uri("/").getPort();
    door.control.close();
    tab.until("!document.getElementById('lost').hidden");
    tab.value(card("r1", "stop.click()"));
    tab.until(text("r1", "stop") + " === 'Retry stop'");
    assertEquals("running", tab.value(text("r1", "chip")), "nothing is shown that nobody said");
    assertTrue(tab.value(text("r1", "why")).toString().startsWith("Not confirmed."));
    tab.picture("not-confirmed");
    HttpControl again =
        new HttpControl(
            new HttpOptions(port, "127.0.0.1", ""),
            door.runs,
            door.budgets,
            () -> Coverage.of(door.runs.gatekeeper().sites()),
            door.journal());
    again.start();
    try {
      tab.until("document.getElementById('lost').hidden");
      tab.value(card("r1", "stop.click()"));
      tab.until(text("r1", "chip") + " === 'stopping'");
    } finally {
      again.close();
    }
  }

  @Test
  void aReloadAndASecondTabShowTheSame() throws Exception {
    Door.Agent agent = door.agent("r1", Kind.COMMIT, "COMMIT");
    Browser.Tab first = page();
    Browser.Tab second = page();
    first.until(card("r1", "stop"));
    first.value(card("r1", "stop.click()"));
    second.until(text("r1", "chip") + " === 'stopping'");
    first.go(door.control.address() + "/");
    first.until("document.getElementById('link').textContent === 'Live'");
    first.until(text("r1", "chip") + " === 'stopping'");
    agent.finish();
    first.until(text("r1", "chip") + " === 'stopped'");
    second.until(text("r1", "chip") + " === 'stopped'");
    second.until(text("r1", "note") + ".includes('stopped on the page')");
  }

  @Test
  void limitsCanBeRaised() throws Exception {
    story();
    Browser.Tab tab = page();
    tab.until(card("research-42", "budget"));
    tab.value(card("research-42", "budget.click()"));
    tab.until("document.activeElement.id === 'limit-output-tokens'");
    tab.value("document.activeElement.select()");
    tab.type("lots");
    tab.key("Enter");
    tab.until("document.getElementById('dialog').innerText.includes('Not changed')");
    tab.picture("limits");
    tab.value(
        "document.activeElement.id === '' || document.getElementById('limit-output-tokens').select()");
    tab.type("50,000");
    tab.key("Enter");
    tab.until(text("research-42", "bars") + ".includes('of 50,000')");
    assertEquals(50_000L, door.budgets.limits(door.runs.find("research-42")).get("output-tokens"));
  }

  @Test
  void coverageIsShown() throws Exception {
    door.agent("r1", Kind.COMMIT, "COMMIT");
    door.missed.add(new Coverage.Missed("acme-http", "2.1", "this library is not known"));
    Browser.Tab tab = page();
    tab.value("document.getElementById('go-coverage').click()");
    tab.until("document.getElementById('coverage').innerText.includes('Test#r1')");
    assertFalse(tab.value("document.body.innerText").toString().contains("null"));
    tab.picture("coverage");
    assertEquals(List.of(), tab.complaints);
  }

  @Test
  void theTokenIsAskedForAndKeptInThisTabAlone() throws Exception {
    try (Door locked = new Door("s3cret")) {
      locked.agent("r1", Kind.COMMIT, "COMMIT");
      Browser.Tab tab = tab(locked);
      tab.until("!document.getElementById('ask-token').hidden");
      tab.until("document.activeElement.id === 'token'");
      tab.type("wrong");
      tab.key("Enter");
      tab.until("!document.getElementById('token-wrong').hidden");
      tab.picture("token");
      tab.type("s3cret");
      tab.key("Enter");
      tab.until(text("r1", "chip") + " === 'running'");
      assertEquals("s3cret", tab.value("sessionStorage.getItem('belay.token')"));
      assertEquals(0L, tab.value("localStorage.length"));
      assertEquals("", tab.value("document.cookie"));
      tab.value(card("r1", "stop.click()"));
      tab.until(text("r1", "chip") + " === 'stopping'");
    }
  }

  @Test
  void whatATargetSaysIsTextAndNothingElse() throws Exception {
    String evil =
        "POST https://x/<img src=x onerror=alert(1)><script>document.title='x'</script>\u202egpj";
    door.agent("r1", Kind.TOOL, evil);
    Browser.Tab tab = page();
    tab.until(text("r1", "calls") + ".includes('onerror=alert(1)')");
    assertEquals(0L, tab.value("document.querySelectorAll('main img, main script').length"));
    assertEquals(true, tab.value(text("r1", "calls") + ".includes('\\\\u{202e}gpj')"));
    assertEquals(false, tab.value("document.body.innerText.includes('\\u202e')"));
    Object inline =
        tab.value(
            "(() => { const s = document.createElement('script'); s.textContent = 'window.ran = 1';"
                + " document.body.append(s); return window.ran === undefined; })()");
    assertEquals(true, inline, "the page's policy lets no other script run");
    assertEquals(1, tab.complaints.size(), tab.complaints.toString());
  }

  @Test
  void aStopThatIsNotAnsweredInTimeIsShownAsNotConfirmed() throws Exception {
    door.agent("r1", Kind.COMMIT, "COMMIT");
    CountDownLatch answer = new CountDownLatch(1);
    door.budgets.gate = answer;
    Browser.Tab tab = page();
    tab.until(card("r1", "stop"));
    tab.hear("cards.get('r1').stop");
    tab.value(card("r1", "stop.click()"));
    tab.until("said.includes('Stopping…, off')");
    tab.until(text("r1", "why") + ".includes('has not answered for 5 s')");
    assertEquals("Retry stop", tab.value(text("r1", "stop")));
    assertEquals("running", tab.value(text("r1", "chip")));
    answer.countDown();
    tab.until(text("r1", "chip") + " === 'stopping'");
  }
}
