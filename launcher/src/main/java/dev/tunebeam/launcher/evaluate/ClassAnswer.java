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
 * Which class a model's answer is.
 *
 * <p>Blanks around the answer do not matter, case does. An answer is the class that it is equal to;
 * else the only class that begins with it, since an answer of one token is often the beginning of a
 * label; else none. So where one label begins another ({@link #beginnings}), the shorter one takes
 * the answers that were cut to it.
 */
public final class ClassAnswer {

  private final Map<String, String> byText = new TreeMap<>();

  /**
   * For the classes of a dataset.
   *
   * @param labels their names
   * @throws LauncherException if a label is blank, or two differ in the blanks around them only
   */
  public ClassAnswer(Collection<String> labels) {
    for (String label : new TreeSet<>(labels)) {
      String text = Whitespace.strip(label);
      String same = byText.put(text, label);
      if (text.isEmpty()) {
        throw LauncherException.wrongUse(
            "A class has a blank label: no answer can be told from it.");
      }
      if (same != null) {
        throw LauncherException.wrongUse(
            "The classes \"%s\" and \"%s\" differ in blanks only: no answer can tell them apart."
                .formatted(same, label));
      }
    }
  }

  /** The class of an answer, or of its beginning; empty for none. */
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
   * The probability of each class: the sum over the first tokens that are that class by {@link
   * #of}. A token that begins several labels counts for none of them.
   *
   * @param firstTokens what the provider reports of an answer's first token; the more, the better
   */
  public ClassProbabilities probabilities(Collection<TokenProbability> firstTokens) {
    TreeMap<String, Double> byClass = new TreeMap<>();
    byText.values().forEach(label -> byClass.put(label, 0.0));
    firstTokens.stream()
        // Added up from the smallest, so that the order of the report does not show in the sum.
        .sorted(Comparator.comparingDouble(TokenProbability::logProbability))
        .forEach(
            token ->
                of(token.token())
                    .ifPresent(
                        label ->
                            byClass.merge(label, Math.exp(token.logProbability()), Double::sum)));
    return new ClassProbabilities(byClass);
  }

  /** The labels that are the beginning of another label: an answer of one token may mean either. */
  List<String> beginnings() {
    List<String> found = new ArrayList<>();
    byText.forEach(
        (text, label) -> {
          if (byText.keySet().stream()
              .anyMatch(other -> !other.equals(text) && other.startsWith(text))) {
            found.add(label);
          }
        });
    return found;
  }
}
