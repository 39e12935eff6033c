package dev.tunebeam.transforms.delimit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tunebeam.transforms.delimit.Delimiters.Cleaned;
import dev.tunebeam.transforms.row.RejectException;
import java.util.function.BiFunction;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

final class DelimitersPropertiesTest {

  /** Delimiters and a text that is made of pieces of them. */
  record Case(String separator, String stop, boolean leadingSpace, String text) {

    Delimiters delimiters(DelimiterInText inText) {
      return new Delimiters(separator, stop, leadingSpace, inText);
    }
  }

  @Property(tries = 3_000)
  void theSeparatorIsAtTheEndOfThePromptAndNowhereElse(@ForAll("cases") Case c) {
    Delimiters delimiters = c.delimiters(DelimiterInText.CLEAN);
    Cleaned cleaned = delimiters.cleanPrompt(c.text());
    String whole = delimiters.delimitPrompt(cleaned.text());
    assertEquals(
        c.separator().isEmpty() ? 0 : whole.length() - c.separator().length(),
        whole.indexOf(c.separator()));
  }

  @Property(tries = 3_000)
  void theStopIsAtTheEndOfTheCompletionAndNowhereElse(@ForAll("cases") Case c) {
    Delimiters delimiters = c.delimiters(DelimiterInText.CLEAN);
    Cleaned cleaned = delimiters.cleanCompletion(c.text());
    if (!cleaned.text().isEmpty()) {
      String whole = delimiters.delimitCompletion(cleaned.text());
      assertEquals(
          c.stop().isEmpty() ? 0 : whole.length() - c.stop().length(), whole.indexOf(c.stop()));
    }
  }

  @Property
  void cleaningSaysWhetherItChangedAndChangesNothingTheSecondTime(@ForAll("cases") Case c) {
    Delimiters delimiters = c.delimiters(DelimiterInText.CLEAN);
    Cleaned prompt = delimiters.cleanPrompt(c.text());
    assertEquals(!prompt.text().equals(c.text()), prompt.changed());
    assertEquals(new Cleaned(prompt.text(), false), delimiters.cleanPrompt(prompt.text()));
    Cleaned completion = delimiters.cleanCompletion(c.text());
    if (!completion.text().isEmpty()) {
      assertEquals(!completion.text().equals(c.text()), completion.changed());
      assertEquals(
          new Cleaned(completion.text(), false), delimiters.cleanCompletion(completion.text()));
    }
  }

  @Property
  void exactlyTheTextsAreRejectedThatWouldBeCleaned(@ForAll("cases") Case c) {
    assertRejectedIfCleaned(c, Delimiters::cleanPrompt);
    assertRejectedIfCleaned(c, Delimiters::cleanCompletion);
  }

  private static void assertRejectedIfCleaned(
      Case c, BiFunction<Delimiters, String, Cleaned> clean) {
    Delimiters strict = c.delimiters(DelimiterInText.REJECT);
    if (clean.apply(c.delimiters(DelimiterInText.CLEAN), c.text()).changed()) {
      assertThrows(RejectException.class, () -> clean.apply(strict, c.text()));
    } else {
      assertEquals(new Cleaned(c.text(), false), clean.apply(strict, c.text()));
    }
  }

  @Property
  void nothingButBlanksAndPiecesOfTheDelimiterIsLost(@ForAll("cases") Case c) {
    // X stands in no delimiter.
    assertEquals(
        xs(c.text()), xs(c.delimiters(DelimiterInText.CLEAN).cleanPrompt(c.text()).text()));
    assertEquals(
        xs(c.text()), xs(c.delimiters(DelimiterInText.CLEAN).cleanCompletion(c.text()).text()));
  }

  private static long xs(String text) {
    return text.chars().filter(c -> c == 'X').count();
  }

  @Provide
  Arbitrary<Case> cases() {
    Arbitrary<String> any =
        Arbitraries.of(" ", "\n", "\t", "#", "a", "b", "😀")
            .list()
            .ofMaxSize(5)
            .map(s -> String.join("", s));
    Arbitrary<String> separators =
        Arbitraries.oneOf(Arbitraries.of("\n\n###\n\n", " ->", "\n", "  ", ""), any);
    Arbitrary<String> stops = Arbitraries.oneOf(Arbitraries.of(" END", "###", "\n", "  ", ""), any);
    return Combinators.combine(separators, stops, Arbitraries.of(true, false))
        .as((separator, stop, space) -> new Case(separator, stop, space, ""))
        .filter(c -> !(c.leadingSpace() && c.stop().equals(" ")))
        .flatMap(
            c ->
                texts(c.separator() + c.stop())
                    .map(text -> new Case(c.separator(), c.stop(), c.leadingSpace(), text)));
  }

  /** Pieces of the delimiters and a few other letters, in any order. */
  private static Arbitrary<String> texts(String delimiters) {
    Arbitrary<String> pieces =
        Combinators.combine(
                Arbitraries.integers().between(0, delimiters.length()),
                Arbitraries.integers().between(0, delimiters.length()))
            .as((a, b) -> delimiters.substring(Math.min(a, b), Math.max(a, b)));
    return Arbitraries.frequencyOf(Tuple.of(4, pieces), Tuple.of(1, Arbitraries.of("X", " ")))
        .list()
        .ofMaxSize(12)
        .map(parts -> String.join("", parts));
  }
}
