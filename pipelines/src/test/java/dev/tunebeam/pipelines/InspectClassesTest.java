package dev.tunebeam.pipelines;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.pipelines.Workbench.Finished;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Inspect looks at the classes that prepare would count. */
class InspectClassesTest {

  private static final String LONG_NAME = "x".repeat(300);

  private final Workbench bench;

  InspectClassesTest(@TempDir Path folder) {
    bench = new Workbench(folder);
  }

  private Inspected inspected() throws IOException {
    return new Inspected(bench.inspection());
  }

  private static String row(String prompt, String answer, String topic) {
    return "{\"prompt\":\"%s\",\"completion\":\"%s\",\"topic\":\"%s\"}"
        .formatted(prompt, answer, topic);
  }

  @Test
  void ofAHandfulOfExamplesNobodySaysThatTheyHaveTooManyAnswersForClasses() throws IOException {
    bench.write("in.jsonl", row("a", "yes", ""), row("b", "yes", ""), row("c", "yes", ""));
    bench.inspect("--input=" + bench.path("in.jsonl"));
    assertThat(
        bench.inspection().get("because").asText(),
        equalTo("1 distinct answer in 3 examples: too few to infer classes"));
  }

  /** Free text about topics, with copies, conflicts, bad rows, a blank and a long topic. */
  private void writeTopics() throws IOException {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < 240; i++) {
      rows.add(row("question " + i, "an answer of its own, " + i, i < 120 ? "Sales" : "Post"));
    }
    rows.add(row("question 3", "another answer", "Returns"));
    for (int i = 0; i < 30; i++) {
      rows.add(row("question " + i, "an answer of its own, " + i, "Sales"));
      rows.add(row("more " + i, "answer " + i, i % 2 == 0 ? "post!" : "Returns"));
    }
    rows.add(row("blank", "a", " "));
    rows.add(row("long", "b", LONG_NAME));
    rows.add(row("bad", " ", "Nobody"));
    rows.add("{\"prompt\":\"no topic\",\"completion\":\"c\"}");
    bench.write("in.jsonl", rows.toArray(String[]::new));
  }

  /** Examples of each class in both splits of the dataset. */
  private SortedMap<String, Long> prepared() throws IOException {
    SortedMap<String, Long> classes = new TreeMap<>();
    for (Map.Entry<String, JsonNode> one : bench.manifest().get("classes").properties()) {
      classes.put(
          one.getKey(),
          one.getValue().get("train").asLong() + one.getValue().get("validation").asLong());
    }
    return classes;
  }

  private SortedMap<String, Long> counted() throws IOException {
    SortedMap<String, Long> classes = new TreeMap<>();
    for (Map.Entry<String, JsonNode> one : bench.inspection().get("classes").properties()) {
      classes.put(one.getKey(), one.getValue().asLong());
    }
    return classes;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--conflicts=keep",
        "--conflicts=majority",
        "--conflicts=reject",
        "--dedupBy=prompt",
        "--dedupBy=none",
        "--task=classification",
        "--format=chat"
      })
  void theClassesOfTheRecipeAreThoseThatPrepareCounts(String flag) throws IOException {
    writeTopics();
    String input = "--input=" + bench.path("in.jsonl");
    bench.inspect(input, "--classTemplate={{topic}}", flag);
    Finished prepared = bench.prepare(input, "--classTemplate={{topic}}", flag);
    assertThat(prepared.err(), prepared.code(), equalTo(ExitCode.SUCCEEDED));
    assertThat(counted(), equalTo(prepared()));
  }

  @Test
  void theAnswersOfAClassificationAreThoseThatPrepareCountsHoweverLongTheyAre() throws IOException {
    writeTopics();
    String input = "--input=" + bench.path("in.jsonl");
    bench.inspect(input, "--task=classification", "--completion={{topic}}");
    bench.prepare(input, "--task=classification", "--completion={{topic}}");
    assertThat(counted(), equalTo(prepared()));
    assertThat(counted(), hasKey(LONG_NAME));
  }

  @Test
  void classesOfFreeTextAreLookedAtWithoutTheAnswers() throws IOException {
    writeTopics();
    Finished finished =
        bench.inspect(
            "--input=" + bench.path("in.jsonl"), "--classTemplate={{topic}}", "--verbose");
    assertThat(finished.err(), finished.code(), equalTo(ExitCode.SUCCEEDED));
    assertThat(inspected().kind(), equalTo("generation"));
    assertThat(
        counted(),
        equalTo(
            Map.of(
                "", 1L, "Post", 120L, "Returns", 16L, "Sales", 120L, "post!", 15L, LONG_NAME, 1L)));
    assertThat(
        inspected().findings(),
        equalTo(
            Map.of(
                "blank_completion", 1L,
                "classes-alike", 1L,
                "conflicts", 1L,
                "duplicates", 30L,
                "few-for-generation", 273L,
                "missing_field", 1L,
                "small-classes", 4L)));
    assertThat(
        inspected().details("small-classes"),
        equalTo(List.of("(blank): 1", "x".repeat(99) + "…: 1", "post!: 15", "Returns: 16")));
    assertThat(inspected().details("classes-alike"), equalTo(List.of("Post, post!")));
    assertThat(
        finished.out(),
        containsString(
            """
            Classes (6)
              Post                                                120  44.0 %
              Sales                                               120  44.0 %
              Returns                                              16   5.9 %
              post!                                                15   5.5 %
              (blank)                                               1   0.4 %
              xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…    1   0.4 %
            """));
  }

  @Test
  void numbersBehindABlankAreToldApartWithoutIt() throws IOException {
    bench.write(
        "in.jsonl",
        IntStream.range(0, 300)
            .mapToObj(i -> row("Question " + i, String.valueOf(i % 3), "x"))
            .toArray(String[]::new));
    String[] flags = {
      "--input=" + bench.path("in.jsonl"),
      "--completion={{completion}}",
      "--prompt={{prompt}}",
      "--format=completion",
      "--task=classification",
      "--model=together/Qwen/Qwen3-8B"
    };
    bench.inspect(flags);
    assertThat(inspected().details("same-first-token"), equalTo(List.of("0, 1, 2")));
    assertThat(
        inspected().action("same-first-token"),
        equalTo(
            "leadingSpace: false tells them apart: a space before a number is a token of its own."));

    bench.inspect(
        Stream.concat(Stream.of(flags), Stream.of("--leadingSpace=false")).toArray(String[]::new));
    assertThat(
        inspected().findings().keySet(), equalTo(Set.of("common-prefix-prompt", "unused-fields")));
  }

  @Test
  void ofTwoLevelsTheClassesAndTheAnswersAreEachToldOnce() throws IOException {
    bench.write(
        "in.jsonl",
        IntStream.range(0, 240)
            .mapToObj(
                i ->
                    row(
                        i + " or " + 7 * i,
                        List.of("yes, it is", "yes it is", "no").get(i % 3),
                        i < 200 ? "Billing" : "billing"))
            .toArray(String[]::new));
    String input = "--input=" + bench.path("in.jsonl");
    bench.inspect(input, "--classTemplate={{topic}}");
    assertThat(inspected().kind(), equalTo("classification"));
    assertThat(counted(), equalTo(Map.of("Billing", 200L, "billing", 40L)));
    assertThat(
        inspected().findings(),
        equalTo(
            Map.of(
                "answers-alike", 1L,
                "classes-alike", 1L,
                "long-labels", 2L,
                "same-first-token", 1L,
                "small-classes", 1L)));
    assertThat(inspected().details("small-classes"), equalTo(List.of("billing: 40")));
    assertThat(inspected().details("same-first-token"), equalTo(List.of("yes it is, yes, it is")));
    assertThat(inspected().recommended(), equalTo(Map.of("labels", "{\"billing\":\"Billing\"}")));

    bench.inspect(input, "--classTemplate={{completion}}");
    assertThat(
        inspected().findings(),
        equalTo(
            Map.of(
                "classes-alike", 1L,
                "long-labels", 2L,
                "same-first-token", 1L,
                "small-classes", 3L,
                "unused-fields", 1L)));

    bench.inspect(input, "--completion=yes", "--classTemplate=all");
    assertThat(
        inspected().findings(),
        equalTo(Map.of("one-answer", 1L, "one-class", 1L, "unused-fields", 2L)));
  }

  @Test
  void moreThanTenThousandClassesOfTheRecipeEndAsPrepareDoes() throws IOException {
    bench.write(
        "in.jsonl",
        IntStream.rangeClosed(0, 10_000)
            .mapToObj(i -> row("question " + i, "yes", "topic " + i))
            .toArray(String[]::new));
    String input = "--input=" + bench.path("in.jsonl");
    Finished finished = bench.inspect(input, "--classTemplate={{topic}}", "--yes");
    assertThat(inspected().findings().get("too-many-classes"), equalTo(10_001L));
    assertThat(counted(), equalTo(Map.of()));
    assertThat(inspected().kind(), equalTo("classification"));
    assertThat(finished.code(), equalTo(ExitCode.WRONG_USE));
    assertThat(
        finished.err(),
        equalTo(
            "tunebeam: more than 10,000 distinct classes, or names as long as texts, so this is free text; set map.class to a field"
                + " with few values, or leave it out\n"));
    Finished prepared = bench.prepare(input, "--classTemplate={{topic}}");
    assertThat(prepared.code(), equalTo(ExitCode.WRONG_USE));
    assertThat(prepared.err(), equalTo(finished.err().replace("\n", "; nothing was published\n")));

    bench.inspect(input, "--classTemplate=of {{completion}}");
    assertThat(counted(), equalTo(Map.of("of yes", 10_001L)));
  }

  @Test
  void longTextAmongClassesIsRefusedUnlessTheRecommendationIsTaken() throws IOException {
    bench.write(
        "in.jsonl",
        IntStream.rangeClosed(0, 10_000)
            .mapToObj(
                i ->
                    String.format(
                        Locale.ROOT,
                        "{\"text\":\"t %d\",\"topic\":\"%s %d\"}",
                        i,
                        i < 2_000 ? "topic" : LONG_NAME,
                        i))
            .toArray(String[]::new));
    String input = "--input=" + bench.path("in.jsonl");
    assertThat(bench.inspect(input).code(), equalTo(ExitCode.SUCCEEDED));
    Finished finished = bench.inspectAnswering("n\n", input);
    assertThat(finished.code(), equalTo(ExitCode.WRONG_USE));
    assertThat(
        finished.err(),
        equalTo(
            "tunebeam: more than 10,000 distinct classes, or names as long as texts, so this is free text; set task: generation, or"
                + " map.class to a field with few values\n"));
    assertThat(inspected().kind(), equalTo("generation"));
    assertThat(inspected().recommended().get("task"), equalTo("\"generation\""));
    assertThat(bench.inspect(input, "--yes").code(), equalTo(ExitCode.SUCCEEDED));
  }

  @Test
  void everyRunnerCountsTheSameClasses() throws IOException {
    writeTopics();
    String input = "--input=" + bench.path("in.jsonl");
    String template = "--classTemplate={{topic}} {{completion}}";
    bench.inspect(input, template, "--enforceImmutability=true", "--enforceEncodability=true");
    JsonNode direct = bench.inspection();
    assertThat(direct.get("classes").size(), equalTo(273));
    for (String cache : List.of("--cacheDisabled=false", "--cacheDisabled=true")) {
      bench.inspect(
          input,
          template,
          cache,
          "--shardBytes=3000",
          "--runner=SparkRunner",
          "--sparkMaster=local[2]");
      assertThat(bench.inspection(), equalTo(direct));
    }
  }

  @Test
  void secretsInWhatWasConcludedAreMasked() throws IOException {
    bench.write("in.json", "{\"of ada@example.com\":[{\"prompt\":\"a\",\"completion\":\"b\"}]}");
    Finished finished = bench.inspect("--input=" + bench.path("in.json"));
    assertThat(finished.err(), finished.code(), equalTo(ExitCode.SUCCEEDED));
    assertThat(
        bench.inspection().at("/inferred/rows").asText(), containsString("of [e-mail address]"));
    assertThat(finished.out(), containsString("of [e-mail address]"));
    assertThat(finished.out() + bench.inspection(), not(containsString("@example")));
  }

  @Test
  void secretsInNamesOfClassesAndFieldsAreMaskedWhereverTheyStand() throws IOException {
    bench.write(
        "in.csv",
        "text ada@example.com,topic bob@example.com,answer eve@example.com",
        "one,,of dan@example.com",
        "two,sue@example.com,three");
    String input = "--input=" + bench.path("in.csv");
    Finished finished =
        bench.inspect(
            input,
            "--prompt={{text ada@example.com}}",
            "--completion={{answer eve@example.com}}",
            "--classTemplate=" + "x".repeat(90) + " {{topic bob@example.com?}}");
    assertThat(finished.err(), finished.code(), equalTo(ExitCode.SUCCEEDED));
    assertThat(counted().size(), equalTo(2));
    String all = finished.out() + bench.inspection();
    assertThat(all, not(containsString("@example")));

    bench.write("in.csv", "prompt,completion,to ada@example.com", "a,b,c");
    finished = bench.inspect(input, "--prompt={{none}}", "--completion={{completion}}");
    assertThat(finished.code(), equalTo(ExitCode.WRONG_USE));
    assertThat(
        finished.err(), containsString("they have prompt, completion, to [e-mail address];"));

    bench.write("in.csv", "text,to ada@example.com", "a,b");
    finished = bench.inspect(input);
    assertThat(finished.code(), equalTo(ExitCode.TOO_MANY_REJECTED));
    assertThat(
        finished.err(),
        containsString("the rows have the fields text, to [e-mail address]; choose"));
    assertThat(
        finished.out() + finished.err() + bench.inspection(), not(containsString("@example")));
  }
}
