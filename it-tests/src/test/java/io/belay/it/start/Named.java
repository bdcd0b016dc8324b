package io.belay.it.start;

/** What an application may take for its entry point: an interface, whose classes have the code. */
interface Named {
  String run();

  /** One of these. */
  final class Main implements Named {
    public static void main(String[] args) {
      Named named = new Main();
      System.out.println(named.run());
    }

    @Override
    public String run() {
      return "done";
    }
  }
}
