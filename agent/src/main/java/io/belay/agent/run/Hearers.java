package io.belay.agent.run;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Who is told of runs, by the thread that changes them. Their faults are not the runs'. */
final class Hearers {
  private final List<Runs.Listener> listeners = new CopyOnWriteArrayList<>();
  private final Runs.Journal journal;
  private volatile Recorder recorder = Recorder.NONE;

  Hearers(Runs.Journal journal) {
    this.journal = journal;
  }

  void listen(Runs.Listener listener) {
    listeners.add(listener);
  }

  void unlisten(Runs.Listener listener) {
    listeners.remove(listener);
  }

  void recorder(Recorder hears) {
    recorder = hears;
  }

  Recorder recorder() {
    return recorder;
  }

  void begun(Run run) {
    try {
      recorder.begun(run);
    } catch (Throwable thrown) {
      journal.fault("recording a run", thrown);
    }
    changed(run);
  }

  void changed(Run run) {
    for (Runs.Listener listener : listeners) {
      try {
        listener.changed(run);
      } catch (Throwable thrown) {
        journal.fault("a listener of runs", thrown);
      }
    }
  }
}
