package dev.tunebeam.pipelines.gates;

import dev.tunebeam.dataset.Manifest;
import dev.tunebeam.dataset.terminal.Figures;
import dev.tunebeam.dataset.terminal.TerminalText;
import dev.tunebeam.pipelines.recipe.GatesSection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether a dataset may be published, by the gates of its recipe. Pure functions. */
public final class Gates {

  private Gates() {}

  /** What the gates that the recipe sets measured, in the order of its keys; all of them. */
  public static List<Manifest.Gate> check(GatesSection section, DatasetPair pair) {
    return Stream.of(Gate.values())
        .map(gate -> gate.check(section, pair))
        .flatMap(Optional::stream)
        .toList();
  }

  /** The gates that keep a dataset from being published. */
  public static List<Manifest.Gate> failed(Manifest manifest) {
    return manifest.gates().stream().filter(gate -> !gate.passed()).toList();
  }

  /** The message for the gates that failed, at least one: figures, thresholds, and what to do. */
  public static String message(List<Manifest.Gate> failed) {
    List<String> lines = new ArrayList<>();
    lines.add(Figures.counted(failed.size(), "gate", "gates") + " failed; nothing was published");
    failed.forEach(
        result -> Gate.of(result.gate()).ifPresent(gate -> lines.add("  " + line(gate, result))));
    String flags =
        failed.stream()
            .filter(result -> result.figure() != null)
            .map(Gates::accepting)
            .collect(Collectors.joining(" "));
    if (!flags.isEmpty()) {
      lines.add("  if the data is as it should be, let it pass this time with " + flags);
    }
    return String.join("\n", lines);
  }

  private static String line(Gate gate, Manifest.Gate result) {
    String note = result.note();
    return "%s: %s %s, %s; %s"
        .formatted(
            result.gate(),
            gate.what(),
            result.figure() == null
                ? "not known (%s)".formatted(note)
                : gate.figure(result)
                    + (note == null ? "" : " (%s)".formatted(TerminalText.oneLine(note))),
            gate.limit(result) + (gate.isMinimum() ? " required" : " allowed"),
            gate.advice());
  }

  /** The flag that lets a figure pass. */
  private static String accepting(Manifest.Gate result) {
    return "--gates%s%s=%s"
        .formatted(
            result.gate().substring(0, 1).toUpperCase(java.util.Locale.ROOT),
            result.gate().substring(1),
            result.figure() == null ? "" : result.figure().toPlainString());
  }
}
