package dev.tunebeam.pipelines.prepare;

import dev.tunebeam.tokens.Encoding;
import dev.tunebeam.transforms.inspect.AnswerCounts;
import dev.tunebeam.transforms.inspect.LabelTokens;
import java.util.Collection;
import java.util.List;

/**
 * The number of tokens that a classifier generates: one, if the first token is different for all
 * classes. In the encodings since cl100k_base a space before a number is a token of its own, so
 * {@code " 1"} and {@code " 2"} share their first token. Pure functions.
 */
final class AnswerTokens {

  private AnswerTokens() {}

  /**
   * The number of tokens to generate: one, or those of the longest class if two classes share their
   * first token.
   *
   * @param space whether a space precedes each class
   */
  static int of(Collection<String> classes, boolean space, Encoding encoding) {
    if (classes.size() > AnswerCounts.MOST_ANSWERS) {
      return 1;
    }
    List<String> written = classes.stream().map(name -> space ? " " + name : name).toList();
    LabelTokens tokens = new LabelTokens(encoding);
    int longest = written.stream().mapToInt(tokens::count).max().orElse(1);
    return longest <= 1 || tokens.firstTells(written) ? 1 : longest;
  }
}
