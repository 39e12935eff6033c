package dev.tunebeam.launcher.evaluate;

import dev.tunebeam.dataset.Whitespace;
import dev.tunebeam.launcher.inference.TokenProbability;
import dev.tunebeam.launcher.process.LauncherException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Maps a model's answer to a class.
 *
 * <p>Leading and trailing whitespace is ignored; case matters. An answer is the class that it
 * equals; else the only class that it is a prefix of, since a one-token answer is often a prefix of
 * a label; else no class. If one label is a prefix of another, answers truncated to the shorter one
 * count as that class.
 */
public final class ClassAnswer {

  private final Map<String, String> byText = new TreeMap<>();

  /**
   * Creates the mapping for the classes of a dataset.
   *
   * @param labels their names
   * @throws LauncherException if a label is blank, or two differ only in surrounding whitespace
   */
  public ClassAnswer(Collection<String> labels) {
    for (String label : new TreeSet<>(labels)) {
      String text = Whitespace.strip(label);
      String same = byText.put(text, label);
      if (text.isEmpty()) {
        throw LauncherException.wrongUse(
            "A class label is blank, so no answer can be matched to it.");
      }
      if (same != null) {
        throw LauncherException.wrongUse(
            ("The classes \"%s\" and \"%s\" differ only in whitespace, so answers cannot tell"
                    + " them apart.")
                .formatted(same, label));
      }
    }
  }

  /** The class of an answer; empty if it matches none. */
  public Optional<String> of(String answer) {
    String text = Whitespace.strip(answer);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    String equal = byText.get(text);
    if (equal != null) {
      return Optional.of(equal);
    }
    List<String> begun = new ArrayList<>();
    byText.forEach(
        (whole, label) -> {
          if (whole.startsWith(text)) {
            begun.add(label);
          }
        });
    return begun.size() == 1 ? Optional.of(begun.get(0)) : Optional.empty();
  }

  /**
   * The probability of each class: the sum over the first tokens that {@link #of} maps to it. A
   * token that is a prefix of several labels counts for none of them.
   *
   * @param firstTokens the top logprobs of the answer's first token
   */
  public ClassProbabilities probabilities(Collection<TokenProbability> firstTokens) {
    TreeMap<String, Double> byClass = new TreeMap<>();
    byText.values().forEach(label -> byClass.put(label, 0.0));
    firstTokens.stream()
        // Summed in ascending order, so the result does not depend on the order of the tokens.
        .sorted(Comparator.comparingDouble(TokenProbability::logProbability))
        .forEach(
            token ->
                of(token.token())
                    .ifPresent(
                        label ->
                            byClass.merge(label, Math.exp(token.logProbability()), Double::sum)));
    return new ClassProbabilities(byClass);
  }
}
