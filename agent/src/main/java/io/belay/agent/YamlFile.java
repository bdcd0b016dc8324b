package io.belay.agent;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Reads the YAML file: nested maps, dotted keys or a mixture, below {@code belay:} or without it.
 * Works on nodes, not on objects, so that a value is what the user typed ({@code 20_000}, {@code
 * on}) and each has its line. The only class that touches the YAML library.
 */
final class YamlFile {
  private static final int MAX_DEPTH = 20;

  private final String file;
  private final List<Given> all = new ArrayList<>();
  private final List<String> problems;

  private YamlFile(String file, List<String> problems) {
    this.file = file;
    this.problems = problems;
  }

  static List<Given> read(String file, List<String> problems) {
    YamlFile yaml = new YamlFile(file, problems);
    try (InputStream in = new FileInputStream(file)) {
      LoadSettings load = LoadSettings.builder().setLabel(file).build();
      Node root = new Compose(load).composeInputStream(in).orElse(null);
      if (root instanceof MappingNode map) {
        yaml.map(map, "", 0);
      } else if (root != null) {
        problems.add(yaml.at(root) + ": expected settings, such as http.port: 7070");
      }
    } catch (MarkedYamlEngineException e) {
      Mark mark = e.getProblemMark().orElse(null);
      String where = mark == null ? file : file + ":" + (mark.getLine() + 1);
      problems.add(where + ": not YAML: " + line(e.getProblem()));
    } catch (IOException | RuntimeException e) {
      problems.add(file + ": cannot be read: " + line(e.getMessage()));
    } catch (StackOverflowError e) {
      problems.add(file + ": nested too deeply");
    }
    return yaml.all;
  }

  private void map(MappingNode map, String prefix, int depth) {
    if (depth > MAX_DEPTH) {
      problems.add(at(map) + ": nested too deeply");
      return;
    }
    for (NodeTuple entry : map.getValue()) {
      if (entry.getKeyNode() instanceof ScalarNode key) {
        take(key, entry.getValueNode(), name(prefix, key.getValue()), depth);
      } else {
        problems.add(at(entry.getKeyNode()) + ": expected the name of a setting");
      }
    }
  }

  private static String name(String prefix, String key) {
    String name = prefix.isEmpty() ? key : prefix + "." + key;
    return name.startsWith("belay.") ? name.substring(6) : name;
  }

  private void take(Node key, Node value, String name, int depth) {
    if (value instanceof MappingNode map) {
      map(map, name, depth + 1);
    } else if (value instanceof SequenceNode list) {
      List<String> elements = new ArrayList<>();
      for (Node node : list.getValue()) {
        String element = element(node);
        if (element == null) {
          problems.add(at(node) + ": expected a text as an element of belay." + name);
        } else {
          elements.add(element);
        }
      }
      all.add(new Given(name, at(key) + " belay." + name, "", elements));
    } else if (value instanceof ScalarNode scalar) {
      all.add(new Given(name, at(value) + " belay." + name, scalar.getValue(), null));
    }
  }

  /** The text of a list's element; for a compensation, its two members as one text. */
  private static @Nullable String element(Node node) {
    if (node instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    String on = null;
    String with = null;
    if (node instanceof MappingNode map && map.getValue().size() == 2) {
      for (NodeTuple entry : map.getValue()) {
        if (entry.getKeyNode() instanceof ScalarNode key
            && entry.getValueNode() instanceof ScalarNode value) {
          on = key.getValue().equals("on") ? value.getValue() : on;
          with = key.getValue().equals("with") ? value.getValue() : with;
        }
      }
    }
    return on == null || with == null ? null : on + " -> " + with;
  }

  private String at(Node node) {
    Mark mark = node.getStartMark().orElse(null);
    return mark == null ? file : file + ":" + (mark.getLine() + 1);
  }

  private static String line(@Nullable String message) {
    return message == null ? "no reason given" : message.replace('\n', ' ').replace('\r', ' ');
  }
}
