package dev.tunebeam.pipelines.inspect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.Reader;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class YesNoPromptTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private YesNoPrompt asking(Reader in) {
    return new YesNoPrompt(new BufferedReader(in), new PrintStream(out, true, UTF_8));
  }

  @Test
  void yesAndNoAreTakenInAnyCaseAndAnythingElseIsAskedAgain() {
    YesNoPrompt questions = asking(new StringReader("Y\nYES\n\n n \nNo\nnope\ny\n"));
    List<Boolean> answers =
        List.of(
            questions.ask("a?"),
            questions.ask("b?"),
            questions.ask("c?"),
            questions.ask("d?"),
            questions.ask("e?"),
            questions.ask("f?"));
    assertThat(answers, equalTo(List.of(true, true, true, false, false, true)));
    assertThat(
        out.toString(UTF_8).lines().reduce((first, last) -> last).orElse(""), equalTo("f? [Y/n] "));
  }

  /** A terminal goes on after its end of file: what comes then answers no question. */
  @Test
  void afterTheEndOfTheInputNothingIsAskedAnyMore() {
    Deque<String> parts = new ArrayDeque<>(List.of("y\n", "", "y\n"));
    Reader terminal =
        new Reader() {
          @Override
          public int read(char[] to, int from, int length) {
            String part = parts.isEmpty() ? "" : parts.remove();
            part.getChars(0, part.length(), to, from);
            return part.isEmpty() ? -1 : part.length();
          }

          @Override
          public void close() {}
        };
    YesNoPrompt questions = asking(terminal);
    assertThat(
        List.of(questions.ask("a?"), questions.ask("b?"), questions.ask("c?")),
        equalTo(List.of(true, false, false)));
    assertThat(out.toString(UTF_8), equalTo("a? [Y/n] b? [Y/n] \nc? no\n"));
  }
}
