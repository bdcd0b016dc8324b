package io.belay.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** One Java file of this repository. */
record SourceFile(Path path, List<String> lines) {
  /** All Java files below the given folders; a folder that does not exist holds none. */
  static List<SourceFile> below(Path... folders) {
    List<SourceFile> found = new ArrayList<>();
    for (Path folder : folders) {
      if (Files.isDirectory(folder)) {
        try (Stream<Path> files = Files.walk(folder)) {
          files
              .filter(file -> file.toString().endsWith(".java"))
              .map(SourceFile::at)
              .forEach(found::add);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
    return found;
  }

  private static SourceFile at(Path path) {
    try {
      return new SourceFile(path, Files.readAllLines(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String name() {
    return path.getFileName().toString();
  }

  /** Lines that hold one of the words and are not allowed to, as {@code file:line: text}. */
  Stream<String> offences(Map<String, Set<String>> words) {
    return words.entrySet().stream()
        .filter(word -> !word.getValue().contains(name()))
        .map(word -> Pattern.compile(word.getKey()))
        .flatMap(this::linesWith);
  }

  Stream<String> linesWith(Pattern word) {
    return IntStream.range(0, lines.size())
        .filter(i -> word.matcher(lines.get(i)).find())
        .mapToObj(i -> name() + ":" + (i + 1) + ": " + lines.get(i).strip());
  }
}
