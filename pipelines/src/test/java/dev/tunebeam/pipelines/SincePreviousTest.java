package dev.tunebeam.pipelines;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.lessThan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.pipelines.Workbench.Finished;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A dataset of what is new since another: its train, its counts, its price and its sides. */
class SincePreviousTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SINCE = "--since=previous";

  private final Workbench bench;

  SincePreviousTest(@TempDir Path folder) {
    bench = new Workbench(folder);
  }

  private static String row(int number, String answer) {
    return "{\"prompt\":\"question %s\",\"completion\":\"%s\",\"customer\":\"customer %s\"}"
        .formatted(number, answer, number % 20);
  }

  private static Stream<String> rows(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> row(i, "fine"));
  }

  private void write(Stream<String> rows) throws IOException {
    bench.write("rows.jsonl", rows.toArray(String[]::new));
  }

  private Finished night(String output, String... flags) {
    List<String> all = new ArrayList<>(Arrays.asList(flags));
    all.add("--input=" + bench.path("rows.jsonl"));
    all.add("--output=" + bench.path(output));
    all.add("--task=generation");
    all.add("--validation=0.2");
    all.add("--quiet");
    return bench.prepare(all.toArray(String[]::new));
  }

  private String previous(String dataset) {
    return "--previous=" + bench.path(dataset);
  }

  @Test
  void theTableOfClassesDoesNotSetValidationAgainstWhatIsNew() throws IOException {
    String[] flags = {"--task=classification", "--validation=0.2", SINCE};
    for (int night = 1; night <= 2; night++) {
      int rows = 100 * night;
      write(IntStream.range(0, rows).mapToObj(i -> row(i, i % 2 == 0 ? "even" : "odd")));
      List<String> all = new ArrayList<>(List.of(flags));
      all.add("--input=" + bench.path("rows.jsonl"));
      all.add("--output=" + bench.path("night-" + night));
      all.add(previous("night-1"));
      Finished end = bench.prepare(all.toArray(String[]::new));
      assertThat(end.err(), end.code(), equalTo(ExitCode.SUCCEEDED));
      assertThat(
          end.out().lines().filter(line -> line.startsWith("  class ")).map(String::strip).toList(),
          equalTo(
              List.of(
                  night == 1
                      ? "class  train  validation  held out   share"
                      : "class  train  validation   share")));
    }
  }

  /** The answers by prompt of a split. */
  private SortedMap<String, String> split(String dataset, String split) throws IOException {
    SortedMap<String, String> found = new TreeMap<>();
    for (var file : bench.files(dataset).entrySet()) {
      if (file.getKey().startsWith(split + "-")) {
        for (String line : file.getValue().lines().toList()) {
          JsonNode messages = JSON.readTree(line).get("messages");
          found.merge(
              messages.at("/0/content").asText(),
              messages.at("/1/content").asText(),
              (a, b) -> Stream.of(a, b).sorted().reduce("", (all, one) -> all + one + ";"));
        }
      }
    }
    return found;
  }

  /** Night two of every test: of 60 rows 5 are gone, 5 have another answer, 20 are new. */
  private void secondNight() throws IOException {
    write(
        Stream.of(rows(5, 50), IntStream.range(50, 55).mapToObj(i -> row(i, "other")), rows(55, 80))
            .flatMap(rows -> rows));
  }

  private SortedMap<String, String> withoutThoseOf(
      SortedMap<String, String> whole, SortedMap<String, String> before) {
    SortedMap<String, String> left = new TreeMap<>(whole);
    left.entrySet().removeIf(row -> row.getValue().equals(before.get(row.getKey())));
    return left;
  }

  @ParameterizedTest
  @CsvSource({
    "64000000,",
    // Several chunks a shard, several shards.
    "300,",
    "64000000,--group={{customer}}",
    "300,--group={{customer}}"
  })
  void trainHasWhatIsNewOrChangedAndTheRestIsThatOfTheWhole(int shardBytes, String grouped)
      throws IOException {
    String group = grouped == null ? "--seed=42" : grouped;
    String shards = "--shardBytes=" + shardBytes;
    write(rows(0, 60));
    night("first", group);
    secondNight();
    night("whole", group, shards, previous("first"));
    Finished news = night("news", group, shards, previous("first"), SINCE);

    assertThat(news.err(), equalTo(""));
    SortedMap<String, String> train =
        withoutThoseOf(split("whole", "train"), split("first", "train"));
    assertThat(train.size(), greaterThan(10));
    assertThat(train.size(), lessThan(26));
    assertThat(split("news", "train"), equalTo(train));
    assertThat(split("news", "validation"), equalTo(split("whole", "validation")));

    JsonNode whole = bench.manifest("whole");
    JsonNode manifest = bench.manifest("news");
    assertThat(manifest.at("/sides"), equalTo(renamed(whole.at("/sides"), manifest)));
    int unchanged = whole.at("/rows/train").asInt() - train.size();
    assertThat(
        manifest.get("rows").toString(),
        equalTo(
            ("{\"read\":75,\"filtered\":0,\"rejected\":{\"total\":0,\"byReason\":{}},"
                    + "\"duplicates\":0,\"sampledOut\":0,\"unchanged\":%s,\"train\":%s,"
                    + "\"validation\":%s}")
                .formatted(unchanged, train.size(), split("whole", "validation").size())));
    assertThat(news.out().replaceAll(" +", " "), containsString("\n unchanged " + unchanged + " "));
    // All lines are of 12 tokens: "question N" has as many for each N below 100.
    long tokens = whole.at("/tokens/train").asLong() / whole.at("/rows/train").asLong();
    assertThat(manifest.at("/tokens/train").asLong(), equalTo(tokens * train.size()));
    assertThat(
        manifest.at("/cost/billedTokens").asLong(),
        equalTo(tokens * train.size() * manifest.at("/cost/epochs").asLong()));
    assertThat(manifest.at("/recipe/since").asText(), equalTo("previous"));
  }

  /** The sides with the paths of the other dataset, whose folder is named by its content. */
  private static JsonNode renamed(JsonNode sides, JsonNode manifest) throws IOException {
    String from = sides.at("/files/0/file").asText().replaceFirst("/.*", "");
    String to = manifest.at("/sides/files/0/file").asText().replaceFirst("/.*", "");
    return JSON.readTree(sides.toString().replace(from, to));
  }

  @Test
  void theNightsAfterwardsSeeWhatEachNightSawAndWhatComesBackIsNew() throws IOException {
    write(rows(0, 60));
    night("first");
    secondNight();
    night("second", previous("first"), SINCE);
    // Of the rows that were gone the first three are back, and five are new.
    write(
        Stream.of(
                rows(0, 3),
                rows(5, 50),
                IntStream.range(50, 55).mapToObj(i -> row(i, "other")),
                rows(55, 85))
            .flatMap(rows -> rows));
    night("whole", previous("second"));
    Finished third = night("third", previous("second"), SINCE);

    assertThat(third.err(), equalTo(""));
    SortedMap<String, String> news = new TreeMap<>(split("whole", "train"));
    news.keySet()
        .removeIf(
            prompt -> {
              int number = Integer.parseInt(prompt.substring("question ".length()));
              return number >= 3 && number < 80;
            });
    assertThat(news.size(), greaterThan(3));
    assertThat(split("third", "train"), equalTo(news));
    assertThat(split("third", "validation"), equalTo(split("whole", "validation")));
  }

  @Test
  void aPromptWithOneMoreAnswerIsThereWithAllOfThem() throws IOException {
    write(rows(0, 60));
    night("first");
    int trained =
        Integer.parseInt(split("first", "train").firstKey().substring("question ".length()));
    write(Stream.concat(rows(0, 60), Stream.of(row(trained, "better"))));
    night("second", previous("first"), SINCE);

    assertThat(
        split("second", "train").toString(),
        equalTo("{question %s=;better;fine;}".formatted(trained).replace("=;", "=")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"DirectRunner", "SparkRunner --sparkMaster=local[2]"})
  void aPastNightGivesItsBytesAgainOnEveryRunner(String runner) throws IOException {
    write(rows(0, 60));
    night("first");
    secondNight();
    night("second", previous("first"), SINCE, "--shardBytes=300");
    List<String> flags = new ArrayList<>(List.of(previous("first"), SINCE, "--shardBytes=300"));
    flags.addAll(List.of(("--runner=" + runner).split(" ", -1)));
    Finished again = night("again", flags.toArray(String[]::new));

    assertThat(again.err(), equalTo(""));
    assertThat(bench.files("again"), equalTo(bench.files("second")));
  }

  @Test
  void withNothingNewTheJobEndsWithACodeOfItsOwnAndNothingIsPublished() throws IOException {
    write(rows(0, 60));
    night("out", previous("out"), SINCE);
    assertThat(split("out", "train").size(), equalTo(48));
    SortedMap<String, String> before = bench.files("out");
    // One row is gone, which is no news for training.
    write(rows(0, 60).filter(row -> !row.equals(row(1, "fine"))));
    int left = split("out", "train").containsKey("question 1") ? 47 : 48;
    Finished again = night("out", previous("out"), SINCE, "--overwrite");

    assertThat(again.code(), equalTo(ExitCode.NOTHING_NEW));
    assertThat(
        again.err(),
        equalTo(
            "tunebeam: nothing new to train on: the previous dataset has all %s training examples; nothing was published\n"
                .formatted(left)));
    assertThat(bench.files("out"), equalTo(before));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--quiet | --since: set previous to the folder of the dataset",
        "--limit=10 | --since: leave out sample and limit",
        "--sample=0.5 | --since: leave out sample and limit",
        "--validationInput=BENCH/dev.jsonl | --since: the recipe gives the validation split"
      })
  void whatCannotBeToldIsRefused(String flag, String message) throws IOException {
    write(rows(0, 60));
    List<String> flags = new ArrayList<>(List.of(SINCE));
    if (!flag.equals("--quiet")) {
      night("first");
      bench.write("dev.jsonl", row(70, "fine"));
      flags.add(previous("first"));
      flags.add(flag.replace("BENCH", bench.path("").toString()));
    }
    List<String> all = new ArrayList<>(flags);
    all.add("--input=" + bench.path("rows.jsonl"));
    all.add("--output=" + bench.path("second"));
    Finished second = bench.prepare(all.toArray(String[]::new));

    assertThat(second.code(), equalTo(ExitCode.WRONG_USE));
    assertThat(second.err(), containsString(message));
  }
}
