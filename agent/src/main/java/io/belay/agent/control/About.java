package io.belay.agent.control;

import java.time.Instant;
import java.util.List;

/**
 * What a person asks about Belay in this JVM.
 *
 * @param version Belay's
 * @param java the JVM's
 * @param mode {@code enforce} or {@code observe}
 * @param attached {@code at start} or {@code while running}
 * @param since when Belay began
 * @param controlPlane where the HTTP control plane is; empty when it is off
 */
public record About(
    String version,
    String java,
    String mode,
    String attached,
    Instant since,
    String controlPlane,
    List<Finding> findings) {

  /**
   * Something that works or does not.
   *
   * @param topic such as {@code disconnect detection}
   * @param good whether there is nothing to worry about
   */
  public record Finding(String topic, boolean good, String text) {}

  byte[] json() {
    return Json.document(
        json ->
            json.object(
                "",
                () -> {
                  json.text("version", version);
                  json.text("java", java);
                  json.text("mode", mode);
                  json.text("attached", attached);
                  json.time("since", since);
                  json.text("controlPlane", controlPlane);
                  json.array("findings", findings, finding -> finding(json, finding));
                }));
  }

  private static void finding(Json json, Finding finding) {
    json.object(
        "",
        () ->
            json.text("topic", finding.topic())
                .truth("good", finding.good())
                .text("text", finding.text()));
  }
}
