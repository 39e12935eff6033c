package dev.tunebeam.pipelines;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tunebeam.dataset.Format;
import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.pipelines.Workbench.Finished;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real corpora prepared without a recipe, where they lie beside the project. */
class RealCorporaTest {

  private static final Path DATA = Path.of("../../shared/data");

  private final Workbench bench;

  RealCorporaTest(@TempDir Path folder) {
    bench = new Workbench(folder);
  }

  private void prepare(String input, String... flags) {
    assumeTrue(Files.isDirectory(DATA), "no " + DATA);
    List<String> all = new ArrayList<>(List.of("--input=" + DATA.resolve(input), "--overwrite"));
    all.addAll(List.of(flags));
    Finished finished = bench.prepare(all.toArray(String[]::new));
    assertThat(finished.err(), finished.code(), equalTo(ExitCode.SUCCEEDED));
  }

  /** read, rejected, duplicates; the rest is written. */
  private void assertRows(int read, int rejected, int duplicates) throws IOException {
    JsonNode rows = bench.manifest().get("rows");
    assertThat(
        List.of(
            rows.get("read").asInt(),
            rows.at("/rejected/total").asInt(),
            rows.get("duplicates").asInt(),
            rows.get("train").asInt() + rows.get("validation").asInt()),
        equalTo(List.of(read, rejected, duplicates, read - rejected - duplicates)));
  }

  private void assertInferred(String dialect) throws IOException {
    assertThat(bench.manifest().at("/inferred/dialect").asText(), equalTo(dialect));
  }

  @Test
  void alpacaIsCompletionsAndEveryOtherFormatThatHoldsIt() throws IOException {
    prepare("alpaca_en_demo.json", "--format=completion");
    assertInferred("alpaca: the rows have instruction, input and output");
    assertRows(999, 0, 14);
    TrainingLines.assertValid(Format.COMPLETION, bench.examples());
    prepare("alpaca_en_demo.json", "--format=chat");
    assertRows(999, 0, 14);
    TrainingLines.assertValid(Format.CHAT, bench.examples());
    prepare("alpaca_en_demo.json", "--format=alpaca");
    assertRows(999, 0, 14);
    prepare("alpaca_en_demo.json", "--format=sharegpt");
    assertRows(999, 0, 14);
  }

  @Test
  void toolCallsOfShareGptAreThoseOfChat() throws IOException {
    prepare("glaive_toolcall_en_demo.json");
    assertInferred("sharegpt: the rows have conversations of turns");
    assertThat(bench.manifest().get("format").asText(), equalTo("chat"));
    assertRows(300, 0, 35);
    TrainingLines.assertValid(Format.CHAT, bench.examples());
  }

  @Test
  void everyAnswerOfAConversationIsAnExampleOfItsOwn() throws IOException {
    prepare("glaive_toolcall_en_demo.json", "--examples=each-answer");
    // 746 answers and 211 calls.
    assertThat(bench.manifest().at("/rows/read").asInt(), equalTo(957));
    assertThat(bench.manifest().at("/rows/rejected/total").asInt(), equalTo(0));
    TrainingLines.assertValid(Format.CHAT, bench.examples());
  }

  @Test
  void shareGptThatIsWrittenAsShareGptIsReadAsTheSameChat() throws IOException {
    prepare("glaive_toolcall_en_demo.json", "--validation=0");
    List<String> chat = bench.examples();
    prepare("glaive_toolcall_en_demo.json", "--format=sharegpt", "--validation=0");
    assertRows(300, 0, 35);
    bench.write("again.jsonl", bench.examples().toArray(String[]::new));
    Finished again =
        bench.prepare("--input=" + bench.path("again.jsonl"), "--validation=0", "--overwrite");
    assertThat(again.err(), again.code(), equalTo(ExitCode.SUCCEEDED));
    assertThat(bench.examples(), equalTo(chat));
  }

  @Test
  void pairsOfAnswersAreLinesOfPreference() throws IOException {
    prepare("dpo_en_demo.json");
    assertInferred("preference: the rows have chosen and rejected");
    assertThat(bench.manifest().get("format").asText(), equalTo("preference"));
    assertRows(300, 0, 5);
    TrainingLines.assertValid(Format.PREFERENCE, bench.examples());
    prepare("dpo_en_demo.json", "--format=sharegpt");
    assertRows(300, 0, 5);
  }

  @Test
  void aColumnOfCategoriesIsAClassification() throws IOException {
    prepare("banking77-train.csv");
    assertInferred("prompt-completion: the rows have text and category");
    assertThat(
        bench.manifest().at("/recipe/map").toString(),
        equalTo("{\"completion\":\"{{category}}\",\"prompt\":\"{{text}}\"}"));
    assertThat(bench.manifest().at("/recipe/task").asText(), equalTo("classification"));
    assertRows(10_003, 0, 4);
    assertThat(bench.manifest().get("classes").size(), equalTo(77));
    TrainingLines.assertValid(Format.CHAT, bench.examples());
  }

  @Test
  void eachFileOfAGlobHasItsOwnDialect() throws IOException {
    prepare("*_demo.json", "--format=chat", "--maxRejected=0.2");
    assertInferred(
        "alpaca: the rows have instruction, input and output (%1$s/alpaca_en_demo.json); preference: the rows have chosen and rejected (%1$s/dpo_en_demo.json); sharegpt: the rows have conversations of turns (%1$s/glaive_toolcall_en_demo.json)"
            .formatted(DATA));
    assertRows(1_599, 300, 49);
    assertThat(
        bench.rejections().stream().map(Workbench.Rejection::message).distinct().toList(),
        equalTo(List.of("messages cannot hold two answers; use format: preference")));
    TrainingLines.assertValid(Format.CHAT, bench.examples());
  }
}
