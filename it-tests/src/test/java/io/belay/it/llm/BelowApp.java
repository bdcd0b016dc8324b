package io.belay.it.llm;

import io.belay.it.harness.App;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * An application that has its libraries in a class loader of its own, below the one of the class
 * path, as a Spring Boot jar or a web application has. Arguments: its class, and its arguments.
 */
final class BelowApp implements App {
  private static ClassLoader below; // Guarded by the class.

  @Override
  public String run(String... args) throws Exception {
    Class<?> type = below().loadClass(args[0]);
    var constructor = type.getDeclaredConstructor();
    constructor.setAccessible(true);
    return ((App) constructor.newInstance()).run(Arrays.copyOfRange(args, 1, args.length));
  }

  private static synchronized ClassLoader below() throws MalformedURLException {
    if (below == null) {
      String[] paths = System.getProperty("java.class.path").split(File.pathSeparator);
      URL[] urls = new URL[paths.length];
      for (int i = 0; i < urls.length; i++) {
        urls[i] = Path.of(paths[i]).toUri().toURL();
      }
      below = new Below(urls);
    }
    return below;
  }

  /** Its own classes first, but what speaks to the test. */
  private static final class Below extends URLClassLoader {
    Below(URL... urls) {
      super(urls, BelowApp.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      synchronized (getClassLoadingLock(name)) {
        Class<?> known = findLoadedClass(name);
        if (known == null
            && !name.matches(
                "(java|javax|jdk|sun|io\\.belay\\.(it\\.harness|api|boot|agent))\\..*")) {
          try {
            known = findClass(name);
          } catch (ClassNotFoundException above) {
            return super.loadClass(name, resolve);
          }
        }
        return known == null ? super.loadClass(name, resolve) : known;
      }
    }
  }
}
