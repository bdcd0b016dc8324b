package io.belay.agent.boundary;

import static io.belay.agent.run.Kind.TOOL;

/**
 * google-genai 1 and 2: the functions that it calls for the model are tools. Its traffic is read
 * and stopped in OkHttp below, where it also retries; a refused function is told to the model as an
 * error, and that request is refused in turn.
 */
final class GoogleGenAiBoundary implements Boundary {
  @Override
  public String name() {
    return "google-genai";
  }

  @Override
  public void declare(Sites sites) {
    sites
        .in("com.google.genai.AfcUtil")
        .guardAll(TOOL, "getFunctionResponse") // The second version names an object besides.
        .text("name of argument 0");
  }
}
