package dev.tunebeam.pipelines;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.pipelines.Workbench.Finished;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a new user does: inspect a corpus, then prepare it with the recipe that was written. The
 * table in docs/corpora.md shows the same.
 */
class FirstFiveMinutesTest {

  private static final int SCREEN = 50;

  private final Workbench bench;

  FirstFiveMinutesTest(@TempDir Path folder) {
    bench = new Workbench(folder);
  }

  @Test
  void tweetsWithFifteenColumnsNeedNoFlag() throws IOException {
    bench.write("tweets.csv", PublicCorpora.tweets(400));
    inspectAndPrepare("tweets.csv");
    assertThat(
        recipe(),
        equalTo(
            """
            dialect: "prompt-completion"
            map:
              prompt: "{{text}}"
              completion: "{{airline_sentiment}}"
            format: "chat"
            task: "classification"
            """));
    assertThat(bench.manifest().get("classes").size(), equalTo(3));
  }

  @Test
  void shortMessagesWithEmptyColumnsNeedNoFlag() throws IOException {
    bench.write("spam.csv", PublicCorpora.messages(300));
    inspectAndPrepare("spam.csv");
    assertThat(
        recipe(),
        equalTo(
            """
            dialect: "prompt-completion"
            map:
              prompt: "{{v2}}"
              completion: "{{v1}}"
            format: "chat"
            task: "classification"
            """));
  }

  @Test
  void aFileOfExcelInWindows1252NeedsNoFlag() throws IOException {
    String lines = String.join("\n", PublicCorpora.messages(300)).replace("help", "£1000");
    bench.write("spam.csv", lines.getBytes(Charset.forName("windows-1252")));
    inspectAndPrepare("spam.csv");
    assertThat(
        recipe(),
        equalTo(
            """
            charset: "windows-1252"
            dialect: "prompt-completion"
            map:
              prompt: "{{v2}}"
              completion: "{{v1}}"
            format: "chat"
            task: "classification"
            """));
    assertThat(
        bench.manifest("at-once").get("inferred").get("charset").asText(),
        equalTo("windows-1252: by its content"));
    assertThat(
        bench.manifest("at-once").get("rows").get("rejected").get("total").asInt(), equalTo(0));
    assertThat(String.join("\n", bench.examples()), containsString("£1000"));
  }

  @Test
  void intentsAsListsOfPairsNeedNoFlag() throws IOException {
    bench.write("intents.json", PublicCorpora.pairs(200));
    inspectAndPrepare("intents.json");
    assertThat(
        recipe(),
        equalTo(
            """
            dialect: "prompt-completion"
            map:
              prompt: "{{0}}"
              completion: "{{1}}"
            format: "chat"
            task: "classification"
            """));
  }

  @Test
  void chatLinesWithKeysOfTheirOwnAreRepairedByTheRecipe() throws IOException {
    bench.write("chat.jsonl", PublicCorpora.chatLines(120));
    String written = "--recipeOut=" + bench.path("recipe.yaml");
    Finished inspected = bench.inspect("--input=" + bench.path("chat.jsonl"), written);
    assertSucceeded(inspected);
    assertThat(
        inspected.out(),
        containsString("\nUsable: 120 examples of 120 rows: 0 rejected, 0 duplicates\n"));
    assertThat(inspected.out(), not(containsString("0 examples are left")));
    assertSucceeded(bench.prepare("--recipe=" + bench.path("recipe.yaml")));
    assertOnePrice();
    assertThat(
        recipe(),
        equalTo(
            """
            map:
              unknownKeys: "drop"
            dialect: "chat"
            format: "chat"
            task: "generation"
            """));
  }

  @Test
  void intentsInNamedSplitsKeepTheirValidationSplit() throws IOException {
    bench.write("data_full.json", PublicCorpora.splits(150, 30));
    inspectAndPrepare("data_full.json");
    assertThat(
        recipe(),
        equalTo(
            """
            rows: "train"
            validationRows: "val"
            dialect: "prompt-completion"
            map:
              prompt: "{{0}}"
              completion: "{{1}}"
            format: "chat"
            task: "classification"
            """));
    // Ten texts of val are in train too: with them all of their rows are held out.
    assertThat(bench.manifest().at("/rows/duplicates").asInt(), equalTo(10));
    assertThat(bench.manifest().at("/rows/validation").asInt(), equalTo(30));
    assertThat(bench.manifest().at("/rows/train").asInt(), equalTo(140));
    JsonNode inferred = bench.manifest("at-once").get("inferred");
    assertThat(inferred.get("rows").asText(), equalTo("train: the name of a split"));
    assertThat(
        inferred.get("validationRows").asText(),
        equalTo("val: the name of a split; test is left out"));
  }

  @Test
  void aSplitBeyondTheFirstMebibyteIsKept() throws IOException {
    bench.write("data_full.json", PublicCorpora.splits(30, 30_000));
    assertSucceeded(
        bench.prepare("--input=" + bench.path("data_full.json"), "--output=" + bench.path("out")));
    assertThat(bench.manifest().at("/rows/validation").asInt(), equalTo(30_000));
    assertThat(
        bench.manifest().at("/inferred/validationRows").asText(),
        equalTo("val: the name of a split; test is left out"));
  }

  @Test
  void filesNamedAfterSplitsKeepThem() throws IOException {
    bench.write("in/train.csv", PublicCorpora.helpdesk(60));
    bench.write("in/valid.csv", PublicCorpora.helpdesk(12));
    bench.write("in/test.csv", PublicCorpora.helpdesk(20));
    inspectAndPrepare("in/*.csv");
    assertThat(
        Files.readString(bench.path("recipe.yaml")).replace(bench.path("") + "/", ""),
        containsString(
            """
            input:
              - "in/train.csv"
            validationInput:
              - "in/valid.csv"
            """));
    assertThat(bench.manifest("at-once").at("/rows/read").asInt(), equalTo(72));
    assertThat(bench.manifest("at-once").at("/rows/validation").asInt(), equalTo(12));
    assertThat(
        bench.manifest("at-once").at("/inferred/validationInput").asText().replaceAll("\\S*/", ""),
        equalTo("valid.csv: by the names of files; test.csv is left out"));
    // Who sets a share gets that share of all.
    assertSucceeded(
        bench.prepare(
            "--input=" + bench.path("in/*.csv"),
            "--validation=0.1",
            "--output=" + bench.path("by-share")));
    assertThat(bench.manifest("by-share").at("/rows/read").asInt(), equalTo(92));
    assertThat(bench.manifest("by-share").at("/rows/validation").asInt(), equalTo(6));
  }

  @Test
  void aGivenSplitIsAskedForAtATerminal() throws IOException {
    bench.write("in/train.csv", PublicCorpora.pairsInColumns("prompt", "completion", 60));
    bench.write("in/test.csv", PublicCorpora.pairsInColumns("prompt", "completion", 12));
    String input = "--input=" + bench.path("in/*.csv");
    Finished declined = bench.inspectAnswering("n\n", input);
    assertThat(declined.code(), equalTo(ExitCode.WRONG_USE));
    assertThat(
        declined.out(),
        containsString(
            "The files look like given splits: train on BENCH/in/train.csv, hold out"
                + " BENCH/in/test.csv. Use them? [Y/n]"));
    assertThat(
        declined.err(),
        containsString(
            "choose the files with --input and --validationInput, or hold out a share of all with"
                + " --validation=0.1"));
    assertSucceeded(bench.inspectAnswering("y\ny\ny\ny\ny\n", input));
  }

  @Test
  void filesWithOtherColumnsAreMappedEachByItsOwn() throws IOException {
    bench.write("in/a.csv", PublicCorpora.pairsInColumns("question", "answer", 40));
    bench.write("in/b.csv", PublicCorpora.pairsInColumns("customer_message", "agent_reply", 50));
    inspectAndPrepare("in/*.csv");
    assertThat(
        recipe(),
        equalTo(
            """
            dialect: "prompt-completion"
            map:
              prompt: "{{question?}}{{^question}}{{customer_message}}{{/question}}"
              completion: "{{answer?}}{{^answer}}{{agent_reply}}{{/answer}}"
            format: "chat"
            task: "generation"
            """));
    assertThat(bench.manifest().at("/rows/read").asInt(), equalTo(90));
    assertThat(bench.manifest().at("/rows/rejected/total").asInt(), equalTo(0));
  }

  @Test
  void twoAnswersUnderOtherNamesAreAPair() throws IOException {
    String[] lines = new String[41];
    lines[0] = "question,chosen_response,rejected_response,chosen_score";
    for (int i = 1; i < lines.length; i++) {
      lines[i] =
          String.format(
              Locale.ROOT, "what is %d plus %d?,it is %d,no idea %d,0.%d", i, i, 2 * i, i, i);
    }
    bench.write("pairs.csv", lines);
    inspectAndPrepare("pairs.csv");
    assertThat(
        recipe(),
        equalTo(
            """
            dialect: "preference"
            format: "preference"
            task: "generation"
            """));
    assertThat(bench.examples().get(0), containsString("\"non_preferred_output\""));
    assertThat(bench.manifest().at("/rows/rejected/total").asInt(), equalTo(0));
  }

  /** A field of one file that another file reads would take the place of its own. */
  @Test
  void filesWhoseColumnsOverlapHaveNoCommonMapping() throws IOException {
    bench.write("in/a.jsonl", "{\"question\": \"a?\", \"answer\": \"b\"}");
    bench.write(
        "in/b.jsonl",
        "{\"q\": \"c?\", \"a\": \"d\"}",
        "{\"q\": \"e?\", \"a\": \"f\", \"question\": 7}");
    String written = "--recipeOut=" + bench.path("recipe.yaml");
    assertSucceeded(bench.inspect("--input=" + bench.path("in/*.jsonl"), written));
    assertThat(recipe(), not(containsString("map:")));
    assertSucceeded(bench.prepare("--recipe=" + bench.path("recipe.yaml")));
    assertThat(bench.manifest().at("/rows/rejected/total").asInt(), equalTo(0));
    assertThat(String.join("\n", bench.examples()), containsString("\"content\":\"e?\""));
  }

  @Test
  void filesOfAValidationSplitAreHeldOutWholeOnEveryRunner() throws IOException {
    bench.write("train.csv", PublicCorpora.helpdesk(60));
    bench.write("dev.csv", PublicCorpora.helpdesk(12));
    String[] flags = {
      "--input=" + bench.path("train.csv"), "--validationInput=" + bench.path("dev.csv")
    };
    for (String runner : List.of("LocalRunner", "DirectRunner", "SparkRunner")) {
      assertSucceeded(
          bench.prepare(
              flags[0], flags[1], "--runner=" + runner, "--output=" + bench.path(runner)));
      assertThat(bench.files(runner), equalTo(bench.files("LocalRunner")));
    }
    assertThat(bench.manifest("LocalRunner").at("/rows/validation").asInt(), equalTo(12));
    assertThat(bench.manifest("LocalRunner").at("/rows/duplicates").asInt(), equalTo(12));
    assertThat(
        bench.prepare(flags[0], "--validationInput=" + bench.path("train.csv")).err(),
        containsString("train.csv is in input and in validationInput; leave it out of one of"));
  }

  @Test
  void mailsInAFolderAClassNeedNoFlag() throws IOException {
    for (int i = 0; i < 60; i++) {
      bench.write(
          String.format(Locale.ROOT, "mail/%s/%04d.eml", i % 4 == 0 ? "spam" : "ham", i),
          PublicCorpora.mail(i));
    }
    inspectAndPrepare("mail/*/*.eml");
    assertThat(
        recipe(),
        equalTo(
            """
            dialect: "prompt-completion"
            map:
              prompt: "{{Subject}}\\n{{Content}}"
              completion: "{{_folder}}"
            format: "chat"
            task: "classification"
            """));
    assertThat(bench.manifest("at-once").get("classes").size(), equalTo(2));
    assertThat(
        bench.manifest("at-once").get("inferred").get("map.completion").asText(),
        equalTo("{{_folder}}: the files lie in folders"));
  }

  @Test
  void reviewsInATextFileEachNeedNoFlag() throws IOException {
    for (int i = 0; i < 80; i++) {
      bench.write(
          String.format(
              Locale.ROOT,
              "imdb/%s/%s/%d.txt",
              i < 60 ? "train" : "test",
              i % 3 == 0 ? "neg" : "pos",
              i),
          PublicCorpora.pairsInColumns("line " + i, "first", 2));
    }
    inspectAndPrepare("imdb/*/*/*.txt");
    assertThat(
        Files.readString(bench.path("recipe.yaml")).replace(bench.path("") + "/", ""),
        containsString(
            """
            input:
              - "imdb/train/*/*.txt"
            validationInput:
              - "imdb/test/*/*.txt"
            rows: "."
            dialect: "prompt-completion"
            map:
              prompt: "{{text}}"
              completion: "{{_folder}}"
            """));
    assertThat(bench.manifest().at("/rows/read").asInt(), equalTo(80));
    assertThat(bench.manifest().at("/rows/validation").asInt(), equalTo(20));
    assertThat(
        bench.manifest("at-once").at("/inferred/rows").asText(),
        equalTo(".: many text files in folders of classes"));
  }

  @Test
  void aTableWithoutColumnNamesNeedsNoFlag() throws IOException {
    String[] messages = PublicCorpora.messages(120);
    String[] lines = new String[messages.length - 1];
    for (int i = 0; i < lines.length; i++) {
      lines[i] = messages[i + 1].replaceFirst(",", "\t").replaceAll(",+$", "");
    }
    bench.write("SMSSpamCollection", lines);
    inspectAndPrepare("SMSSpamCollection");
    assertThat(
        recipe(),
        equalTo(
            """
            headerRow: 0
            dialect: "prompt-completion"
            map:
              prompt: "{{column_2}}"
              completion: "{{column_1}}"
            format: "chat"
            task: "classification"
            """));
    assertThat(bench.manifest().at("/rows/read").asInt(), equalTo(120));
    assertThat(
        bench.manifest("at-once").at("/inferred/headerRow").asText(),
        equalTo("0: the first row is data"));
  }

  @Test
  void questionsAndAnswersUnderOtherNamesNeedNoFlag() throws IOException {
    bench.write("helpdesk.csv", PublicCorpora.helpdesk(100));
    inspectAndPrepare("helpdesk.csv");
    assertThat(
        recipe(),
        equalTo(
            """
            dialect: "prompt-completion"
            map:
              prompt: "{{customer_message}}"
              completion: "{{agent_reply}}"
            format: "chat"
            task: "generation"
            """));
  }

  /** Where they lie beside the project. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "banking77-train.csv",
        "alpaca_en_demo.json",
        "dpo_en_demo.json",
        "glaive_toolcall_en_demo.json"
      })
  void realCorporaNeedNoFlag(String file) throws IOException {
    Path data = Path.of("../../shared/data").resolve(file);
    assumeTrue(Files.exists(data), "no " + data);
    bench.write(file, Files.readAllBytes(data));
    String written = "--recipeOut=" + bench.path("recipe.yaml");
    assertSucceeded(bench.inspect("--input=" + bench.path(file), written));
    assertSucceeded(bench.prepare("--recipe=" + bench.path("recipe.yaml")));
    assertOnePrice();
  }

  /** The price of inspect is that of prepare, and so is what both infer. */
  @ParameterizedTest
  @MethodSource("dev.tunebeam.pipelines.RunnersAgreeTest#examples")
  void eachExampleHasOnePrice(Path recipe) throws IOException {
    String written = bench.path("recipe.yaml").toString();
    assertSucceeded(bench.inspect("--recipe=" + recipe, "--recipeOut=" + written));
    assertSucceeded(bench.prepare("--recipe=" + recipe, "--output=" + bench.path("as-it-is")));
    assertThat(
        bench.inspection().get("inferred"), equalTo(bench.manifest("as-it-is").get("inferred")));
    assertSucceeded(bench.prepare("--recipe=" + written));
    assertOnePrice();
  }

  @Test
  void theReportsOfTheExampleFitOnOneScreen() throws IOException {
    String recipe = "--recipe=../testdata/support-tickets/recipe.yaml";
    assertThat(lines(bench.inspect(recipe)), lessThanOrEqualTo(SCREEN));
    assertThat(lines(bench.prepare(recipe)), lessThanOrEqualTo(SCREEN));
  }

  /** Tables of any columns: what is written runs, or inspect says why it would not. */
  @ParameterizedTest
  @MethodSource("seeds")
  void theWrittenRecipeRunsOrItIsSaidBefore(int seed) throws IOException {
    bench.write("table.csv", PublicCorpora.table(new Random(seed)));
    String written = bench.path("recipe.yaml").toString();
    Finished inspected =
        bench.inspect("--input=" + bench.path("table.csv"), "--recipeOut=" + written);
    Finished prepared = bench.prepare("--recipe=" + written);
    assertThat(prepared.err(), prepared.code(), equalTo(inspected.code()));
    if (prepared.code() == ExitCode.SUCCEEDED) {
      assertOnePrice();
    }
  }

  static List<Integer> seeds() {
    return Stream.iterate(1, seed -> seed + 1).limit(25).toList();
  }

  private void inspectAndPrepare(String file) throws IOException {
    assertSucceeded(
        bench.inspect("--input=" + bench.path(file), "--recipeOut=" + bench.path("recipe.yaml")));
    assertSucceeded(bench.prepare("--recipe=" + bench.path("recipe.yaml")));
    assertOnePrice();
    // The same without a recipe.
    assertSucceeded(
        bench.prepare("--input=" + bench.path(file), "--output=" + bench.path("at-once")));
    assertThat(bench.manifest("at-once").get("digest"), equalTo(bench.manifest().get("digest")));
  }

  private void assertOnePrice() throws IOException {
    JsonNode inspected = bench.inspection();
    assertThat(inspected.get("cost"), equalTo(bench.manifest().get("cost")));
    assertThat(inspected.get("tokens"), equalTo(bench.manifest().get("tokens")));
  }

  /** The recipe without comments and input. */
  private String recipe() throws IOException {
    List<String> lines = new ArrayList<>(Files.readAllLines(bench.path("recipe.yaml")));
    return String.join("\n", lines.subList(lines.indexOf("input:") + 2, lines.size())) + "\n";
  }

  private static void assertSucceeded(Finished finished) {
    assertThat(finished.err(), finished.code(), equalTo(ExitCode.SUCCEEDED));
  }

  private static int lines(Finished finished) {
    return (int) finished.out().lines().count();
  }
}
