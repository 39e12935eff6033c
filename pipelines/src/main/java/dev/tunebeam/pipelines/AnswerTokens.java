package dev.tunebeam.pipelines;

import dev.tunebeam.transforms.inspect.LabelTokens;
import dev.tunebeam.transforms.tokens.Encoding;
import dev.tunebeam.transforms.tokens.TokenCounter;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * How many tokens a classifier is asked for: one, if that tells all classes apart. A blank before a
 * number is a token by itself in the encodings since cl100k_base, so that all of {@code " 1"},
 * {@code " 2"} begin with the same one. Pure functions.
 */
final class AnswerTokens {

  /** With more different answers it is free text. */
  private static final int MOST_CLASSES = 10_000;

  private AnswerTokens() {}

  /**
   * The tokens to ask for: one, or those of the longest class where two begin with the same.
   *
   * @param space whether a blank stands before each
   */
  static int of(Collection<String> classes, boolean space, Encoding encoding) {
    if (classes.size() > MOST_CLASSES) {
      return 1;
    }
    TokenCounter counter = encoding.newCounter();
    int longest = 1;
    for (String name : classes) {
      longest = Math.max(longest, counter.count(written(name, space)));
    }
    return longest == 1 || differInFirst(classes, space, encoding) ? 1 : longest;
  }

  private static boolean differInFirst(
      Collection<String> classes, boolean space, Encoding encoding) {
    LabelTokens tokens = new LabelTokens(encoding);
    Set<String> first = new HashSet<>();
    return classes.stream().allMatch(name -> first.add(tokens.first(written(name, space))));
  }

  private static String written(String name, boolean space) {
    return space ? " " + name : name;
  }
}
