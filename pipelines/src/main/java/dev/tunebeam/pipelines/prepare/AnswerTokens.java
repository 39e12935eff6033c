package dev.tunebeam.pipelines.prepare;

import dev.tunebeam.tokens.Encoding;
import dev.tunebeam.transforms.inspect.AnswerCounts;
import dev.tunebeam.transforms.inspect.LabelTokens;
import java.util.Collection;
import java.util.List;

/**
 * How many tokens a classifier is asked for: one, if that tells all classes apart. A blank before a
 * number is a token by itself in the encodings since cl100k_base, so that all of {@code " 1"},
 * {@code " 2"} begin with the same one. Pure functions.
 */
final class AnswerTokens {

  private AnswerTokens() {}

  /**
   * The tokens to ask for: one, or those of the longest class where two begin with the same.
   *
   * @param space whether a blank stands before each
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
