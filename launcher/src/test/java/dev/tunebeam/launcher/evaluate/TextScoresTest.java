package dev.tunebeam.launcher.evaluate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.is;

import dev.tunebeam.launcher.evaluate.TextScores.Answered;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextScoresTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "Don't stop, e.g. now.|don't stop e.g now",
        "don’t|don't",
        "'quoted' words'|quoted words",
        "3.5 or 1,234 items, 7. and 1.5.2|3.5 or 1,234 items 7 and 1.5.2",
        "snake_case x-y a/b tunebeam.dev|snake_case x y a b tunebeam.dev",
        "STRASSE Straße İ|strasse straße i̇",
        "Ｆｕｌｌ　１２ ﬁne|full 12 fine",
        "東京タワーは333mです。|東 京 タ ワ ー は 333m で す",
        "ภาษาไทย|ภ า ษ า ไ ท ย",
        "ที่นี่|ที่ นี่",
        "안녕하세요, 세계!|안녕하세요 세계",
        "नमस्ते दुनिया।|नमस्ते दुनिया",
        "café cafe\u0301|café café",
        "x += 1; // $5 €7 👍|x + = 1 $ 5 € 7 👍",
        "𝟙𝟚 𠀀𠀁|12 𠀀 𠀁",
        "foo123bar 12月|foo123bar 12 月",
      })
  void wordsAreThoseOfAnyLanguage(String text, String words) {
    assertThat(String.join(" ", Words.of(text)), is(words));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "the cat sat|the cat sat|1",
        "the cat sat|The cat, sat!|1",
        // Two of three words in common with two of two: precision 1, recall 2/3.
        "the cat sat|cat sat|0.8",
        // A word counts as often as both have it: 1 of 1 and of 3.
        "yes|yes yes yes|0.5",
        "yes|no|0",
        "東京都|京都|0.8",
        "...|...|1",
        "...|!|0",
        "+|-|0",
        "+|+|1",
        "yes|.|0",
      })
  void tokenF1ComparesTheWordsOfBothTexts(String expected, String answer, double f1) {
    assertThat(TextScores.tokenF1(expected, answer), is(closeTo(f1, 1e-15)));
  }

  @Test
  void anExactMatchDiffersInBlanksAtTheEndsOnly() {
    assertThat(TextScores.exactMatch(" yes\n", "yes"), is(true));
    assertThat(TextScores.exactMatch("yes", "Yes"), is(false));
    assertThat(TextScores.exactMatch("yes", "yes."), is(false));
    assertThat(TextScores.exactMatch("a b", "a  b"), is(false));
    assertThat(TextScores.exactMatch("", " "), is(true));
  }

  @Test
  void theScoresAreMeansOverTheExamples() {
    assertThat(
        TextScores.of(
            List.of(
                new Answered("a b", " a b"),
                new Answered("a b", "B A"),
                new Answered("a", "a b c"),
                new Answered("", "x"))),
        is(new TextScores(4, 0.25, 0.625)));
    assertThat(TextScores.of(List.of()), is(new TextScores(0, 0, 0)));
  }

  @Test
  void aLongAnswerIsNoObstacle() {
    assertThat(Words.of("a.b".repeat(100_000)).size(), is(1));
    assertThat(Words.of("東".repeat(100_000)).size(), is(100_000));
  }
}
