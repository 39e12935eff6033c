package dev.tunebeam.launcher.evaluate;

import static dev.tunebeam.launcher.evaluate.ClassificationScores.ratio;

import dev.tunebeam.dataset.Whitespace;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Metrics of generated text against the expected text.
 *
 * @param examples number of scored examples
 * @param exactMatch share of answers equal to the expected text, ignoring leading and trailing
 *     whitespace
 * @param tokenF1 mean of {@link #tokenF1(String, String)}
 */
public record TextScores(long examples, double exactMatch, double tokenF1) {

  /**
   * A model's answer to one example.
   *
   * @param expected the example's text
   * @param answer the model's text
   */
  public record Answered(String expected, String answer) {}

  /** The means over the answers, in any order; 0 if there are none. */
  static TextScores of(Collection<Answered> answers) {
    long equal = answers.stream().filter(a -> exactMatch(a.expected(), a.answer())).count();
    // Sorted, so that the sum does not depend on the order of the answers.
    double sum =
        answers.stream().mapToDouble(a -> tokenF1(a.expected(), a.answer())).sorted().sum();
    return new TextScores(answers.size(), ratio(equal, answers.size()), ratio(sum, answers.size()));
  }

  /**
   * Whether the texts are equal, ignoring leading and trailing whitespace. Case and punctuation
   * matter.
   */
  static boolean exactMatch(String expected, String answer) {
    return Whitespace.strip(expected).equals(Whitespace.strip(answer));
  }

  /**
   * The token F1 of two texts as in the SQuAD evaluation: twice the number of shared words (counted
   * with multiplicity) divided by the number of words in both texts. Word order does not matter.
   * Tokenization is described in {@code docs/evaluate.md}. If a text has no words: 1 if both match
   * exactly, else 0.
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
