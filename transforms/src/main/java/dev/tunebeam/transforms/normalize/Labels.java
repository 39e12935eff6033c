package dev.tunebeam.transforms.normalize;

import dev.tunebeam.dataset.Whitespace;
import dev.tunebeam.transforms.example.Message;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Other names for labels: a completion or a class that is, as a whole and without the whitespace
 * around it, one of the names is replaced. A pure function.
 *
 * @param names what each raw label is called
 */
public record Labels(Map<String, String> names) implements Serializable {

  /** All labels keep their names. */
  public static final Labels NONE = new Labels(Map.of());

  /** Makes an immutable copy, without the whitespace around the raw labels. */
  public Labels {
    Map<String, String> stripped = new TreeMap<>();
    names.forEach((raw, label) -> stripped.put(Whitespace.strip(raw), label));
    names = Map.copyOf(stripped);
  }

  /** The text, or the name that it gets. */
  String of(String text) {
    return names.getOrDefault(Whitespace.strip(text), text);
  }

  /** The turns with the names that answers get. */
  List<Message> of(List<Message> turns) {
    return names.isEmpty()
        ? turns
        : turns.stream()
            .map(turn -> turn.isAssistant() ? turn.mapTexts((String text) -> of(text)) : turn)
            .toList();
  }
}
