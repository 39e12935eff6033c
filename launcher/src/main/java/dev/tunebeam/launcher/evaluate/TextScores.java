package dev.tunebeam.launcher.evaluate;

import static dev.tunebeam.launcher.evaluate.ClassificationScores.ratio;

import dev.tunebeam.dataset.Whitespace;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How near generated texts are to the expected ones.
 *
 * @param examples all that were judged
 * @param exactMatch share of the answers that are the expected text but for blanks at both ends
 * @param tokenF1 mean of {@link #tokenF1(String, String)}
 */
public record TextScores(long examples, double exactMatch, double tokenF1) {

  /**
   * A model's answer to one example.
   *
   * @param expected the text that the example has
   * @param answer the text that the model gave
   */
  public record Answered(String expected, String answer) {}

  /** The means over the answers, in any order; 0 without any. */
  static TextScores of(Collection<Answered> answers) {
    long equal = answers.stream().filter(a -> exactMatch(a.expected(), a.answer())).count();
    // Sorted, so that the order of the answers does not show in the last digit of the sum.
    double sum =
        answers.stream().mapToDouble(a -> tokenF1(a.expected(), a.answer())).sorted().sum();
    return new TextScores(answers.size(), ratio(equal, answers.size()), ratio(sum, answers.size()));
  }

  /** Whether the texts are equal but for blanks at both ends. Case and punctuation count. */
  static boolean exactMatch(String expected, String answer) {
    return Whitespace.strip(expected).equals(Whitespace.strip(answer));
  }

  /**
   * The F1 of the words of two texts, as the SQuAD evaluation counts it: twice the words that both
   * have, as often as both have them, divided by the words of both. The order of words does not
   * matter. What a word is, see {@code docs/evaluate.md}. Where a text has no word it is 1 if both
   * have none and match exactly, else 0.
   */
  static double tokenF1(String expected, String answer) {
    List<String> wanted = Words.of(expected);
    List<String> given = Words.of(answer);
    if (wanted.isEmpty() || given.isEmpty()) {
      return exactMatch(expected, answer) ? 1 : 0;
    }
    Map<String, Integer> left = new HashMap<>();
    wanted.forEach(word -> left.merge(word, 1, Integer::sum));
    int both = 0;
    for (String word : given) {
      if (left.merge(word, -1, Integer::sum) >= 0) {
        both++;
      }
    }
    return 2.0 * both / (wanted.size() + given.size());
  }
}
