package dev.tunebeam.pipelines;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.pipelines.Workbench.Finished;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Inputs on which OpenAI's {@code fine_tunes.prepare_data} goes wrong: inspected, all that is
 * recommended accepted, and prepared with the recipe that comes out.
 */
class PredecessorDefectsTest {

  private final Workbench bench;

  PredecessorDefectsTest(@TempDir Path folder) {
    bench = new Workbench(folder);
  }

  private static String row(String prompt, String completion) {
    return "{\"prompt\":\"%s\",\"completion\":\"%s\"}".formatted(prompt, completion);
  }

  private static List<String> rows(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                row(
                    String.format(Locale.ROOT, "%d is question %d", i, i),
                    String.format(Locale.ROOT, "%d is the answer, %d", i, i)))
        .toList();
  }

  /** Inspects a file, and prepares it with the recipe into the folder out. */
  private Inspected through(String file, String... flags) throws IOException {
    List<String> all =
        new ArrayList<>(
            List.of(
                "--input=" + bench.path(file),
                "--format=completion",
                "--yes",
                "--recipeOut=" + bench.path("recipe.yaml")));
    all.addAll(List.of(flags));
    Finished inspected = bench.inspect(all.toArray(String[]::new));
    assertThat(inspected.err(), inspected.code(), equalTo(ExitCode.SUCCEEDED));
    Finished prepared = bench.prepare("--recipe=" + bench.path("recipe.yaml"), "--overwrite");
    assertThat(prepared.err(), prepared.code(), equalTo(ExitCode.SUCCEEDED));
    return new Inspected(bench.inspection());
  }

  private Inspected through(List<String> rows, String... flags) throws IOException {
    bench.write("in.jsonl", rows.toArray(String[]::new));
    return through("in.jsonl", flags);
  }

  private static List<String> written(String... pairs) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < pairs.length; i += 2) {
      lines.add(
          "{\"prompt\":\"%s\\n\\n###\\n\\n\",\"completion\":\" %s\"}"
              .formatted(pairs[i], pairs[i + 1]));
    }
    return lines.stream().sorted().toList();
  }

  @Test
  void aDuplicateBeforeALongRowDropsTheRightRows() throws IOException {
    Inspected found =
        through(
            List.of(
                row("a", "short"),
                row("a", "short"),
                row("long ".repeat(100), "x"),
                row("b", "other")),
            "--maxTokens=50");
    assertThat(found.places("duplicates"), equalTo(List.of(2)));
    assertThat(found.places("too_long"), equalTo(List.of(3)));
    assertThat(found.examples(), equalTo(List.of(4L, 1L, 1L, 2L)));
    assertThat(bench.examples(), equalTo(written("a", "short END", "b", "other END")));
  }

  @Test
  void copiesOfRowsDoNotChangeWhatTheTaskIs() throws IOException {
    List<String> copies = new ArrayList<>();
    IntStream.range(0, 4).forEach(i -> copies.addAll(rows(10)));
    Inspected found = through(copies);
    assertThat(found.kind(), equalTo("generation"));
    assertThat(found.examples(), equalTo(List.of(40L, 0L, 30L, 10L)));
    assertThat(
        bench.examples().stream().filter(line -> line.endsWith(" END\"}")).count(), equalTo(10L));
    assertThat(bench.manifest().at("/rows/validation").asInt(), equalTo(1));
  }

  @Test
  void labelsThatLookLikeNothingAreLabels() throws IOException {
    List<String> lines = new ArrayList<>(List.of("prompt,completion"));
    List<String> labels = List.of("NA", "N/A", "nan", "null", "None");
    for (int i = 0; i < 25; i++) {
      lines.add(String.format(Locale.ROOT, "text number %d,%s", i, labels.get(i % 5)));
    }
    bench.write("in.csv", lines.toArray(String[]::new));
    Inspected found = through("in.csv");
    assertThat(found.kind(), equalTo("classification"));
    assertThat(found.examples(), equalTo(List.of(25L, 0L, 0L, 25L)));
    Set<String> classes = new HashSet<>();
    bench.manifest().get("classes").fieldNames().forEachRemaining(classes::add);
    assertThat(classes, equalTo(new HashSet<>(labels)));
  }

  @Test
  void valuesThatAreNoTextAreRefusedAndNeverTheirNameInPython() throws IOException {
    List<String> rows = new ArrayList<>(rows(20));
    rows.add("{\"prompt\":\"a\",\"completion\":null}");
    rows.add("{\"prompt\":\"b\",\"completion\":[\"a\"]}");
    rows.add("{\"prompt\":\"c\",\"completion\":{\"k\":1}}");
    rows.add("{\"prompt\":\"d\",\"completion\":true}");
    Inspected found = through(rows);
    assertThat(found.places("not_text"), equalTo(List.of(21, 22, 23)));
    assertThat(found.recommended(), equalTo(Map.of("maxRejected", "0.125")));
    assertThat(
        bench.examples().stream().filter(line -> line.contains("\"d\\n")).toList(),
        equalTo(written("d", "true END")));
    assertThat(bench.examples().size(), equalTo(21));
  }

  @Test
  void labelsThatBeginAlikeAreToldAndLeftAsTheyAre() throws IOException {
    List<String> rows =
        IntStream.range(0, 20)
            .mapToObj(i -> row("text number " + i, i % 2 == 0 ? "class1" : "class10"))
            .toList();
    Inspected found = through(rows);
    assertThat(found.details("same-first-token"), equalTo(List.of("class1, class10")));
    assertThat(found.recommended(), equalTo(Map.of()));
    assertThat(
        bench.examples(),
        equalTo(
            written(
                IntStream.range(0, 20)
                    .boxed()
                    .flatMap(
                        i ->
                            List.of("text number " + i, i % 2 == 0 ? "class1" : "class10").stream())
                    .toArray(String[]::new))));
  }

  @Test
  void capitalsAreToldAndClassesBecomeOneOnlyWhereLabelsSaysSo() throws IOException {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      rows.add(row("THE TEXT NUMBER " + i, "Yes"));
      rows.add(row("the text number " + i, "yes"));
      rows.add(row("another text, number " + i, "no"));
    }
    Inspected found = through(rows);
    assertThat(found.findings().get("upper-case-prompt"), equalTo(10L));
    assertThat(found.details("classes-alike"), equalTo(List.of("Yes, yes")));
    assertThat(
        found.recommended(),
        equalTo(Map.of("labels", "{\"yes\":\"Yes\"}", "lowerCase", "\"prompt\"")));
    assertThat(bench.examples().size(), equalTo(20));
    assertThat(new HashSet<>(bench.examples()).size(), equalTo(20));
    assertThat(bench.manifest().at("/rows/duplicates").asInt(), equalTo(10));
    assertThat(bench.manifest().get("classes").size(), equalTo(2));
  }

  @Test
  void lowerCaseLeavesNoDuplicatesBehindAndNoLabelLosesItsCapitals() throws IOException {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      rows.add(row("THE TEXT NUMBER " + i, i % 2 == 0 ? "GOOD NEWS" : "BAD NEWS"));
      rows.add(row("the text number " + i, i % 2 == 0 ? "GOOD NEWS" : "BAD NEWS"));
    }
    Inspected found = through(rows);
    assertThat(
        found.recommended(),
        equalTo(Map.of("lowerCase", "\"prompt\"", "near", "{\"action\":\"keep-together\"}")));
    assertThat(bench.manifest().at("/rows/duplicates").asInt(), equalTo(10));
    assertThat(
        bench.examples(),
        equalTo(
            written(
                IntStream.range(0, 10)
                    .boxed()
                    .flatMap(
                        i ->
                            Stream.of(
                                "the text number " + i, i % 2 == 0 ? "GOOD NEWS" : "BAD NEWS"))
                    .toArray(String[]::new))));
  }

  @Test
  void whatAllTextsBeginAndEndWithIsCutAtAWordAndTheRestStays() throws IOException {
    List<String> rows =
        IntStream.range(0, 20)
            .mapToObj(
                i ->
                    row(
                        "Translate to French: part " + i + " of it. Thank you very much",
                        "Answer: " + i + " parties de cela, voilà"))
            .toList();
    Inspected found = through(rows);
    assertThat(
        bench.inspection().get("recommendations").findValuesAsText("question"),
        equalTo(
            List.of(
                "Remove \"Translate to French: part \" from the prompts",
                "Remove \" of it. Thank you very much\" from the prompts",
                "Remove \"Answer: \" from the completions",
                "Remove \" parties de cela, voilà\" from the completions")));
    assertThat(found.findings().get("common-prefix-prompt"), equalTo(20L));
    assertThat(
        bench.examples(),
        equalTo(
            written(
                IntStream.range(0, 20)
                    .boxed()
                    .flatMap(i -> Stream.of("" + i, i + " END"))
                    .toArray(String[]::new))));
  }

  @Test
  void beginningsOfLabelsStayWhateverTheyHaveInCommon() throws IOException {
    Inspected found =
        through(
            IntStream.range(0, 18)
                .mapToObj(i -> row(i + " is a text", "category: number " + i))
                .toList());
    assertThat(found.kind(), equalTo("generation"));
    assertThat(found.findings().get("common-prefix-answer"), equalTo(18L));
    assertThat(found.recommended(), equalTo(Map.of()));
  }

  @Test
  void twentySmallClassesAreInBothSplits() throws IOException {
    List<String> rows =
        IntStream.range(0, 100).mapToObj(i -> row("text number " + i, "c" + i % 20)).toList();
    Inspected found = through(rows, "--validation=0.2");
    assertThat(found.findings().get("small-classes"), equalTo(20L));
    assertThat(found.details("small-classes").get(5), equalTo("and 15 more"));
    for (JsonNode count : bench.manifest().get("classes")) {
      assertThat(count.toString(), equalTo("{\"train\":4,\"validation\":1}"));
    }
  }

  @Test
  void aPromptWithSeveralLabelsIsToldAndNeverInBothSplits() throws IOException {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      rows.add(row("text number " + i, i % 2 == 0 ? "yes" : "no"));
    }
    rows.add(row("text number 0", "no"));
    rows.add(row("text number 0", "yes"));
    Inspected found = through(rows, "--validation=0.3");
    assertThat(found.places("conflicts"), equalTo(List.of(1, 31)));
    assertThat(found.recommended(), equalTo(Map.of("conflicts", "\"majority\"")));
    assertThat(bench.examples().size(), equalTo(30));
    assertThat(
        bench.rejections().stream().map(Workbench.Rejection::position).toList(),
        equalTo(List.of(31L)));
    Set<String> prompts = new HashSet<>();
    bench.lines("train-").forEach(line -> prompts.add(line.split("\"", -1)[3]));
    List<String> inBoth = new ArrayList<>();
    bench.lines("validation-").stream()
        .map(line -> line.split("\"", -1)[3])
        .filter(prompts::contains)
        .forEach(inBoth::add);
    assertThat(inBoth, empty());
  }

  @Test
  void questionMarksAndFullStopsAreNoSeparatorAndNoStopSequence() throws IOException {
    List<String> rows =
        IntStream.range(0, 20)
            .mapToObj(
                i ->
                    row(
                        String.format(Locale.ROOT, "is it %d?", i),
                        String.format(Locale.ROOT, "it is %d.", i)))
            .toList();
    Inspected found = through(rows);
    assertThat(found.recommended(), equalTo(Map.of()));
    assertThat(found.findings().containsKey("common-suffix-prompt"), equalTo(false));
    assertThat(
        bench.examples().contains(written("is it 7?", "it is 7. END").get(0)), equalTo(true));
    assertThat(
        bench.manifest().get("inference").toString(),
        equalTo(
            "{\"separator\":\"\\n\\n###\\n\\n\",\"stop\":\" END\",\"leadingSpace\":true,\"maxTokens\":null}"));
  }

  @Test
  void aSeparatorThatIsThereAlreadyIsUsedAndStandsThereOnce() throws IOException {
    List<String> rows =
        IntStream.range(0, 20)
            .mapToObj(
                i ->
                    row(
                        String.format(Locale.ROOT, "the tweet %d ->", i),
                        String.format(Locale.ROOT, " a text, %d$$$", i)))
            .toList();
    Inspected found = through(rows);
    assertThat(found.recommended(), equalTo(Map.of("separator", "\" ->\"", "stop", "\"$$$\"")));
    assertThat(
        bench
            .examples()
            .contains("{\"prompt\":\"the tweet 7 ->\",\"completion\":\" a text, 7$$$\"}"),
        equalTo(true));
  }

  @Test
  void aFileOfOneRowIsRead() throws IOException {
    Inspected found = through(List.of(row("a", "b")));
    assertThat(found.findings(), equalTo(Map.of("too-few", 1L)));
    assertThat(bench.examples(), equalTo(written("a", "b END")));
  }

  @Test
  void everyCharsetIsRead() throws IOException {
    String text = row("größe", "été") + "\n" + row("b", "c") + "\n";
    List<String> expected = written("größe", "été END", "b", "c END");
    bench.write("bom.jsonl", ("\uFEFF" + text).getBytes(UTF_8));
    through("bom.jsonl");
    assertThat(bench.examples(), equalTo(expected));
    bench.write("utf16.jsonl", ("\uFEFF" + text).getBytes(UTF_16LE));
    through("utf16.jsonl");
    assertThat(bench.examples(), equalTo(expected));
    bench.write("latin.jsonl", text.getBytes(ISO_8859_1));
    through("latin.jsonl");
    assertThat(bench.examples(), equalTo(expected));
    Inspected refused = through("latin.jsonl", "--charset=UTF-8");
    assertThat(refused.places("bad_encoding"), equalTo(List.of(1)));
    through("latin.jsonl", "--charset=ISO-8859-1");
    assertThat(bench.examples(), equalTo(expected));
  }

  @Test
  void oneMalformedLineIsToldByItsNumberAndTheOthersAreUsed() throws IOException {
    List<String> rows = new ArrayList<>(rows(30));
    rows.add(17, "{\"prompt\": \"a\", \"completion\"");
    Inspected found = through(rows);
    assertThat(found.places("malformed_json"), equalTo(List.of(18)));
    assertThat(bench.examples().size(), equalTo(30));
  }

  @Test
  void aHeaderAloneIsNoCorpus() throws IOException {
    bench.write("in.csv", "prompt,completion");
    Finished finished = bench.inspect("--input=" + bench.path("in.csv"));
    assertThat(finished.code(), equalTo(ExitCode.FAILED));
    assertThat(finished.err(), equalTo("tunebeam: no rows in BENCH/in.csv\n"));
  }

  @Test
  void noMeansNoAndAnythingElseIsAskedAgain() throws IOException {
    bench.write(
        "in.jsonl",
        IntStream.range(0, 20)
            .mapToObj(i -> row("THE TEXT NUMBER " + i, i % 2 == 0 ? "yes" : "no"))
            .toArray(String[]::new));
    Finished finished =
        bench.inspectAnswering(
            "no\nperhaps\n\n",
            "--input=" + bench.path("in.jsonl"),
            "--recipeOut=" + bench.path("recipe.yaml"));
    assertThat(
        finished.out(),
        containsString(
            "all prompts start with it, and constant text teaches nothing\n"
                + "Remove \"THE TEXT NUMBER \" from the prompts? [Y/n] "));
    assertThat(
        finished.out(),
        containsString(
            "Lower-case the prompts? [Y/n] Please answer y or n.\n"
                + "Lower-case the prompts? [Y/n] "));
    String recipe = bench.files("").get("recipe.yaml");
    assertThat(recipe, containsString("lowerCase: \"prompt\""));
    assertThat(recipe, not(containsString("cut")));
  }

  @Test
  void whereThereIsNothingToDoADatasetIsWrittenAllTheSame() throws IOException {
    Inspected found = through(rows(600));
    assertThat(found.findings(), equalTo(Map.of()));
    assertThat(found.recommended(), equalTo(Map.of()));
    assertThat(bench.examples().size(), equalTo(600));
  }
}
