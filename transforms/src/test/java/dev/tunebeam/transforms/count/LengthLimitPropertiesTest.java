package dev.tunebeam.transforms.count;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tunebeam.dataset.Format;
import dev.tunebeam.dataset.Whitespace;
import dev.tunebeam.tokens.TokenCounters;
import dev.tunebeam.transforms.count.LengthLimit.Counted;
import dev.tunebeam.transforms.delimit.DelimiterInText;
import dev.tunebeam.transforms.delimit.Delimiters;
import dev.tunebeam.transforms.example.Example;
import dev.tunebeam.transforms.example.Message;
import dev.tunebeam.transforms.normalize.JsonRow;
import dev.tunebeam.transforms.render.LineRenderer;
import dev.tunebeam.transforms.row.RejectException;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Cutting prompts with a real encoding and the default delimiters. */
final class LengthLimitPropertiesTest {

  private static final Delimiters DELIMITERS =
      new Delimiters(
          Delimiters.DEFAULT_SEPARATOR, Delimiters.DEFAULT_STOP, true, DelimiterInText.CLEAN);
  private static final LineRenderer RENDERER = new LineRenderer(Format.COMPLETION, DELIMITERS);

  private final ExampleTokens tokens =
      new ExampleTokens(
          Format.COMPLETION,
          RENDERER,
          ChatArithmetic.GPT_4O,
          TokenCounters.forEncoding("o200k_base"));

  @Property
  void aCutPromptFitsAndIsAPieceOfTheTextAsLongAsFits(
      @ForAll("prompts") String prompt,
      @ForAll @IntRange(min = 1, max = 60) int maxTokens,
      @ForAll boolean left) {
    Example example = pair(prompt);
    TooLong tooLong = left ? TooLong.TRUNCATE_LEFT : TooLong.TRUNCATE_RIGHT;
    Counted counted;
    try {
      counted = new LengthLimit(maxTokens, tooLong).apply(example, tokens::count, DELIMITERS);
    } catch (RejectException e) {
      // Not even one character of the prompt fits.
      assertThat(tokens.count(pair(end(prompt, 1, left))), greaterThan(maxTokens));
      return;
    }
    Example kept = counted.example();
    assertEquals(tokens.count(kept), counted.tokens());
    assertThat(counted.tokens(), lessThanOrEqualTo(maxTokens));
    assertEquals(example.answer(), kept.answer());
    assertEquals(tokens.count(example) > maxTokens, kept.truncated());

    String text = kept.context().get(0).text();
    assertTrue(left ? prompt.endsWith(text) : prompt.startsWith(text));
    assertFalse(text.isEmpty() || Character.isLowSurrogate(text.charAt(0)));
    assertFalse(Character.isHighSurrogate(text.charAt(text.length() - 1)));
    String whole = RENDERER.prompt(kept);
    assertEquals(text.length(), whole.indexOf(DELIMITERS.separator()));

    // More of a word, or the next one, would be too much, or be taken off again: blanks, or part of
    // a separator.
    int length = text.codePointCount(0, text.length());
    int all = prompt.codePointCount(0, prompt.length());
    for (int more = length + 1; kept.truncated() && more <= Math.min(all, length + 32); more++) {
      String longer = end(prompt, more, left);
      if (longer.equals(Whitespace.strip(longer)) && longer.indexOf('#') < 0) {
        assertThat(longer, tokens.count(pair(longer)), greaterThan(maxTokens));
      }
    }
  }

  /** So many code points from the left or the right end. */
  private static String end(String text, int codePoints, boolean right) {
    int length = text.codePointCount(0, text.length());
    return right
        ? text.substring(text.offsetByCodePoints(0, length - codePoints))
        : text.substring(0, text.offsetByCodePoints(0, codePoints));
  }

  private static Example pair(String prompt) {
    Example example = Example.ofPair(JsonRow.SOURCE, "", null, prompt, "the answer", null);
    return example.withMessages(
        List.of(Message.of(Message.USER, prompt), example.answer()), false, false);
  }

  /** Cleaned prompts of words, pieces of the separator and characters of two units. */
  @Provide
  Arbitrary<String> prompts() {
    return Arbitraries.of(
            "word",
            "internationally",
            " ",
            "\n",
            "\n\n",
            "###",
            "\n\n##",
            "#",
            "😀",
            "👩‍👩‍👧",
            "漢字",
            "é",
            ".",
            "1234567")
        .list()
        .ofMinSize(1)
        .ofMaxSize(60)
        .map(parts -> DELIMITERS.cleanPrompt(Whitespace.strip(String.join("", parts))).text())
        .filter(text -> !text.isEmpty());
  }
}
