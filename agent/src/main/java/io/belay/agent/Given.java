package io.belay.agent;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one source gives to one name: a text, or the elements of a YAML list.
 *
 * @param name without the {@code belay.} prefix, perhaps of no known key
 * @param where the source as a user wrote it: {@code -Dbelay.mode}, {@code belay.yaml:3}
 */
record Given(String name, String where, String text, @Nullable List<String> elements) {}
