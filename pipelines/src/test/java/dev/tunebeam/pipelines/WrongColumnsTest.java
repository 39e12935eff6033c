package dev.tunebeam.pipelines;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.pipelines.Workbench.Finished;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of a mapped field that the rows do not have, and when. */
class WrongColumnsTest {

  private static final String LATER = "{\"text\":\"Hello %d\",\"label\":\"a\",\"note\":\"n\"}";

  private final Workbench bench;

  WrongColumnsTest(@TempDir Path folder) {
    bench = new Workbench(folder);
  }

  private Finished wrong(String message) {
    return new Finished(ExitCode.WRONG_USE, "", "tunebeam: " + message + "\n");
  }

  @Test
  void aFieldThatNoRowHasIsFoundBeforeTheInputIsRead() throws IOException {
    String input = "--input=" + bench.write("rows.csv", "text,label", "Hello,greeting");
    Finished wrong =
        wrong(
            "map.prompt names the field txt, which none of the first rows has; they have text,"
                + " label; did you mean text? Correct the name, or if later rows have it, write"
                + " {{txt?}}");
    assertThat(bench.prepare(input, "--prompt={{txt}}", "--completion={{label}}"), equalTo(wrong));
    assertThat(bench.inspect(input, "--prompt={{txt}}", "--completion={{label}}"), equalTo(wrong));
    assertThat(Files.exists(bench.path("out")), equalTo(false));
  }

  @Test
  void aNameThatIsNearToNoneHasTheFieldsAlone() throws IOException {
    assertThat(
        bench.prepare(
            "--input=" + bench.write("rows.csv", "text,label", "Hello,greeting"),
            "--prompt={{text}}",
            "--completion={{answer}}"),
        equalTo(
            wrong(
                "map.completion names the field answer, which none of the first rows has;"
                    + " they have text, label; correct the name, or if later rows have it, write"
                    + " {{answer?}}")));
  }

  @Test
  void fieldsOfConversationsAreCheckedToo() throws IOException {
    bench.write("recipe.yaml", "input: rows.jsonl", "map:", "  messages: turn");
    bench.write("rows.jsonl", "{\"turns\":[]}");
    assertThat(
        bench.prepare("--recipe=" + bench.path("recipe.yaml")),
        equalTo(
            wrong(
                "map.messages names the field turn, which none of the first rows has; they have"
                    + " turns; did you mean turns? Correct the name, or if later rows have it, add"
                    + " a file to --input whose first rows have it")));
  }

  @Test
  void optionalNamesAndSectionsNeedNoField() throws IOException {
    String input = "--input=" + bench.write("rows.csv", "text,label", "Hello,greeting");
    Finished finished =
        bench.prepare(
            input, "--prompt={{text}}{{txt?}}{{#txt}}{{txt}}{{/txt}}", "--completion={{LABEL}}");
    assertThat(finished.code(), equalTo(ExitCode.SUCCEEDED));
  }

  @Test
  void aFieldThatOneOfTheFirstRowsOfAnyFileHasIsKnown() throws IOException {
    bench.write("a.jsonl", "{\"text\":\"Hello\",\"label\":\"a\"}");
    bench.write("b.jsonl", String.format(Locale.ROOT, LATER, 1));
    assertThat(
        bench
            .prepare(
                "--input=" + bench.path("*.jsonl"),
                "--prompt={{text}} {{note}}",
                "--completion={{label}}",
                "--maxRejected=0.5")
            .code(),
        equalTo(ExitCode.SUCCEEDED));
    assertThat(
        bench.rejections().stream().map(r -> r.reason()).toList(), contains("missing_field"));
  }

  @Test
  void aFieldOfLaterRowsAloneIsReadWithAQuestionMark() throws IOException {
    String first =
        IntStream.range(0, 1_000)
            .mapToObj("{\"text\":\"Hi %s\",\"label\":\"a\"}"::formatted)
            .collect(Collectors.joining("\n"));
    String input =
        "--input=" + bench.write("rows.jsonl", first, String.format(Locale.ROOT, LATER, 1));
    assertThat(
        bench.prepare(input, "--prompt={{text}}{{note}}", "--completion={{label}}").code(),
        equalTo(ExitCode.WRONG_USE));
    assertThat(
        bench.prepare(input, "--prompt={{text}}{{note?}}", "--completion={{label}}").code(),
        equalTo(ExitCode.SUCCEEDED));
    assertThat(
        bench.examples().stream().filter(line -> line.contains("Hello 1n")).count(), equalTo(1L));
  }
}
