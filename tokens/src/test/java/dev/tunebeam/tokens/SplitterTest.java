package dev.tunebeam.tokens;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;

/** The splitters against the regular expressions that they stand for, as tiktoken has them. */
class SplitterTest {

  /** Whatever is behind the text, it is not read as a part of it. */
  private static final List<String> AFTER =
      List.of("abcABC's 123abcd", " ".repeat(16), "./-".repeat(6), "\n".repeat(16), "é".repeat(8));

  private static final String O200K_WORD =
      "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+%1$s"
          + "|[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]+[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]*%1$s";

  private static final String O200K_REST =
      "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

  private static final Map<Splitter, Pattern> PATTERNS =
      Map.of(
          new Gpt2Splitter(),
          pattern(
              "'(?:[sdmt]|ll|ve|re)| ?\\p{L}++| ?\\p{N}++| ?[^\\s\\p{L}\\p{N}]++|\\s++$|\\s+(?!\\S)|\\s"),
          new Cl100kSplitter(3, true),
          pattern(
              "'(?i:[sdmt]|ll|ve|re)|[^\\r\\n\\p{L}\\p{N}]?+\\p{L}++|\\p{N}{1,3}+"
                  + "| ?[^\\s\\p{L}\\p{N}]++[\\r\\n]*+|\\s++$|\\s*[\\r\\n]|\\s+(?!\\S)|\\s"),
          new Cl100kSplitter(1, false),
          pattern(
              "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}"
                  + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"),
          new O200kSplitter(3, true),
          pattern(
              O200K_WORD.formatted("(?i:'s|'t|'re|'ve|'m|'ll|'d)?") + "|\\p{N}{1,3}" + O200K_REST),
          new O200kSplitter(1, false),
          pattern(O200K_WORD.formatted("") + "|\\p{N}" + O200K_REST));

  @Property(tries = 20_000)
  void piecesAreThoseOfTheRegularExpression(@ForAll("texts") String text) {
    PATTERNS.forEach(
        (splitter, pattern) ->
            assertThat(
                splitter + " of " + text, pieces(splitter, text), equalTo(pieces(pattern, text))));
  }

  @Test
  void whiteSpaceAtTheEndIsOnePieceInCl100kBaseAlone() {
    String text = "a \n \t";

    assertThat(pieces(new Cl100kSplitter(3, true), text), equalTo(List.of("a", " \n \t")));
    assertThat(pieces(new Cl100kSplitter(3, false), text), equalTo(List.of("a", " \n", " \t")));
  }

  @Test
  void anUpperCaseRunEndsBehindItsLastLetterWithoutCase() {
    assertThat(
        pieces(new O200kSplitter(3, true), "ABʰCDʰEF gh"), equalTo(List.of("ABʰCDʰ", "EF", " gh")));
  }

  @Provide
  Arbitrary<String> texts() {
    // Of each class some, all older than Unicode 13; U+017F is an s and U+212A a k in other cases.
    Arbitrary<String> any =
        Arbitraries.of(
            "a", "b", "s", "S", "t", "T", "l", "L", "v", "e", "E", "R", "d", "m", "M", "Z", "é",
            "É", "ǅ", "ʰ", "ª", "語", "\u0301", "\u20DD", "\u0903", "1", "2", "٣", "Ⅷ", "½", "'",
            "'", "'", " ", " ", " ", "\n", "\n", "\r", "\t", "\u000B", "\u0085", "\u00A0", "\u2028",
            "\u3000", "!", "/", "/", ".", "-", "_", "€", "\u200B", "\u0000", "\u001F", "ſ",
            "\u212A", "😀", "𝐀", "𐐨", "\uFFFD", "\uE000", "\u0378");
    // Runs of one character that end before, at and behind the 8 and 16 bytes that are read at
    // once.
    Arbitrary<String> runs =
        Combinators.combine(
                Arbitraries.of("a", "Z", " ", ".", "\n", "1", "\t", "é", "語", "\u0301", "\u00A0"),
                Arbitraries.integers().between(1, 18))
            .as(String::repeat);
    return Arbitraries.frequencyOf(Tuple.of(3, any), Tuple.of(1, runs))
        .list()
        .ofMinSize(1)
        .ofMaxSize(12)
        .map(parts -> String.join("", parts));
  }

  private static Pattern pattern(String expression) {
    // The reference knows no flags: \s is White_Space, and case is folded for all letters.
    return Pattern.compile(
        expression
            .replace("\\s", "\\p{IsWhite_Space}")
            .replace("\\S", "\\P{IsWhite_Space}")
            .replace("++$", "++\\z"),
        Pattern.UNICODE_CASE);
  }

  private static List<String> pieces(Pattern pattern, String text) {
    List<String> pieces = new ArrayList<>();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      pieces.add(matcher.group());
    }
    return pieces;
  }

  private static List<String> pieces(Splitter splitter, String text) {
    List<List<String>> pieces =
        AFTER.stream().map(after -> pieces(splitter, text, after)).distinct().toList();
    assertThat(text, pieces, hasSize(1));
    return pieces.get(0);
  }

  private static List<String> pieces(Splitter splitter, String text, String after) {
    int length = text.getBytes(UTF_8).length;
    byte[] bytes = (text + after).getBytes(UTF_8);
    List<String> pieces = new ArrayList<>();
    int from = 0;
    while (from < length) {
      int to = splitter.end(bytes, from, length);
      pieces.add(new String(bytes, from, to - from, UTF_8));
      from = to;
    }
    return pieces;
  }
}
