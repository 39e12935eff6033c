package dev.tunebeam.transforms.read;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.tunebeam.transforms.read.input.InputFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderGuessTest {

  @Test
  void theNamesAreTheFirstFullRowBelowATitle() {
    assertThat(
        HeaderGuess.ofLines("Questions of \"May, June\";;\n;;\nTopic;Q;A\nVisa;a;b\n;c;d\n"),
        equalTo(3));
    assertThat(
        HeaderGuess.ofLines("Export of 2026-05-01\n\ntext,label\na,b\nc,d\n\"e, f\",g\n"),
        equalTo(3));
  }

  @Test
  void namesBelowATitleAreFoundWhereTextsHoldCommas() {
    assertThat(
        HeaderGuess.ofLines("Common questions;;\n;;\nTopic;Q;A\nA;Well, b?;c\n;Well, e?;f\n"),
        equalTo(3));
  }

  @Test
  void aTableWithoutNamesBeginsWithAClassAndAText() {
    assertThat(
        HeaderGuess.ofLines(
            "ham\tsee you at nine in the usual place\nspam\twin a prize now\nham\tok, bye\n"),
        equalTo(InputFile.NO_HEADER));
    assertThat(
        HeaderGuess.ofLines(
            "\"1\",\"the food was cold and we left early\"\n\"2\",\"nice\"\n\"1\",\"no\"\n"),
        equalTo(InputFile.NO_HEADER));
    // A name may be a class, too, and a header may come again.
    assertThat(HeaderGuess.ofLines("spam,text\nspam,a b c d e f g\nham,b\n"), equalTo(0));
    assertThat(
        HeaderGuess.ofLines(
            "a,one two three four five six\na,one two three four five six\nb,c\nb,d\n"),
        equalTo(0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "text,label\na,b\nc,d\n",
        // the only column is text, and texts hold commas
        "text\nhello, you\nhello, me\nhello, us\n",
        // numbers are no names
        "Report of May\n1,2\n3,4\n5,6\n",
        // a text with a comma in some rows
        "a title line\nhello, you\nhello\nhello, you, and me\n",
        // the same name twice
        "Report of May\na,a\nb,c\nd,e\n",
        // nothing below the names
        "Report of May\na,b\n",
        // two cells are no title
        "Exported by,Ann\ntext,label\na,b\nc,d\n"
      })
  void otherwiseTheFirstRowHasTheNames(String text) {
    assertThat(HeaderGuess.ofLines(text), equalTo(0));
  }
}
