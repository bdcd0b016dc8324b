package io.belay.agent;

import io.belay.api.Belay;
import io.belay.api.Run;
import io.belay.api.RunOptions;
import io.belay.api.RunProvider;
import java.util.concurrent.Callable;

/**
 * The API until it is used for the first time: that puts the rest of the agent together, which
 * takes this one's place, or detaches the API when it cannot.
 */
final class LateApi implements RunProvider {
  private final Assembly assembly;

  LateApi(Assembly assembly) {
    this.assembly = assembly;
  }

  @Override
  public <T> T run(RunOptions options, Callable<T> work) throws Exception {
    assembly.await();
    return Belay.run(options, work);
  }

  @Override
  public <T> T shield(Callable<T> work) throws Exception {
    assembly.await();
    return Belay.shield(work);
  }

  @Override
  public Run current() {
    assembly.await();
    return Belay.current();
  }
}
