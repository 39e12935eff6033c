package dev.tunebeam.tokens;

import java.util.List;
import java.util.regex.Matcher;

/**
 * Counts pieces that a sequence of regular expressions splits off: slower than {@link
 * BytePairCounter}, for tokenizers with custom patterns. Not thread-safe.
 */
final class PatternCounter implements TokenCounter {

  private final List<PreTokenizer.Step> steps;
  private final List<Matcher> matchers;
  private final PieceCache cache;
  private final Utf8Buffer buffer = new Utf8Buffer();

  PatternCounter(Vocabulary vocabulary, List<PreTokenizer.Step> steps) {
    this.steps = steps;
    this.matchers = steps.stream().map(step -> step.pattern().matcher("")).toList();
    this.cache = new PieceCache(new PieceEncoder(vocabulary), vocabulary.knownPieces());
  }

  @Override
  public int count(CharSequence text) {
    String whole = text.toString();
    String known = KnownCharacters.of(whole);
    matchers.forEach(matcher -> matcher.reset(known));
    int count = count(whole, 0, 0, whole.length());
    matchers.forEach(matcher -> matcher.reset(""));
    buffer.trim();
    return count;
  }

  private int count(String text, int index, int from, int to) {
    if (from == to) {
      return 0;
    }
    if (index == steps.size()) {
      int length = buffer.set(text.substring(from, to));
      return cache.count(buffer.bytes(), 0, length);
    }
    // The next step sees only the piece: its lookahead stops at the end.
    Matcher matcher = matchers.get(index).region(from, to);
    boolean keepsRest = steps.get(index).keepsRest();
    int count = 0;
    int at = from;
    while (matcher.find()) {
      if (matcher.end() > matcher.start()) {
        count += keepsRest ? count(text, index + 1, at, matcher.start()) : 0;
        count += count(text, index + 1, matcher.start(), matcher.end());
        at = matcher.end();
      }
    }
    return count + (keepsRest ? count(text, index + 1, at, to) : 0);
  }
}
