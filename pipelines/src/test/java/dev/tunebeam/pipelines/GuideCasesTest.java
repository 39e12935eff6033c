package dev.tunebeam.pipelines;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tunebeam.dataset.Format;
import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.pipelines.Workbench.Finished;
import dev.tunebeam.tokens.TokenCounter;
import dev.tunebeam.tokens.TokenCounters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The cases of the fine-tuning guides: each recipe of {@code testdata} gives its expected folder,
 * byte for byte, and stands in {@code docs/cases.md} with a line of it.
 *
 * <p>{@code ./mvnw -pl pipelines -am test -Dtest=GuideCasesTest
 * -Dsurefire.failIfNoSpecifiedTests=false -Dregenerate=true} writes the expected folders again, to
 * be read before they are committed.
 */
class GuideCasesTest {

  private static final Path ROOT = Path.of("..");
  private static final Path DOCS = ROOT.resolve("docs/cases.md");
  private static final ObjectMapper JSON = new ObjectMapper();

  /** It has a test of its own. */
  private static final String README_EXAMPLE = "support-tickets";

  private final Workbench bench;

  GuideCasesTest(@TempDir Path folder) {
    bench = new Workbench(folder);
  }

  /** Each {@code folder/recipe.yaml}, {@code folder/recipe-name.yaml}. */
  static List<String> recipes() throws IOException {
    Path testdata = ROOT.resolve("testdata");
    try (Stream<Path> files = Files.walk(testdata, 2)) {
      return files
          .map(file -> testdata.relativize(file).toString())
          .filter(name -> name.matches(".*/recipe(-[a-z]+)?\\.yaml"))
          .filter(name -> !name.startsWith(README_EXAMPLE + "/"))
          .sorted()
          .toList();
    }
  }

  @Test
  void everyCaseOfTheGuidesIsThere() throws IOException {
    assertThat(
        recipes(),
        equalTo(
            List.of(
                "adverts/recipe.yaml",
                "corrected-answers/recipe.yaml",
                "email-triage/recipe.yaml",
                "entities/recipe-sorted.yaml",
                "entities/recipe.yaml",
                "intents/recipe.yaml",
                "product-descriptions/recipe.yaml",
                "sarcastic-assistant/recipe.yaml",
                "sheet-export/recipe.yaml",
                "support-chat/recipe-chat.yaml",
                "support-chat/recipe.yaml",
                "truthful-ads/recipe.yaml",
                "tweet-sentiment/recipe.yaml")));
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void theRecipeGivesTheExpectedFolderAndValidTrainingLines(String recipe) throws IOException {
    prepare(recipe);
    String expected =
        "testdata/" + recipe.replace("/recipe", "/expected").replaceAll("\\.yaml$", "");
    if (Boolean.getBoolean("regenerate")) {
      regenerate(ROOT.resolve(expected));
    }
    SortedMap<String, String> golden = new Workbench(ROOT).files(expected);
    SortedMap<String, String> out = bench.files("out");
    assertThat(out.keySet(), equalTo(golden.keySet()));
    golden.forEach((file, content) -> assertThat(file, out.get(file), equalTo(content)));
    TrainingLines.assertValid(format(), bench.examples());
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void theDocsShowTheRecipeARowAndTheLineThatItGives(String recipe) throws IOException {
    String docs = Files.readString(DOCS, UTF_8);
    String folder = recipe.substring(0, recipe.indexOf('/'));
    int begin = docs.indexOf("`testdata/" + folder + "/`");
    assertThat(folder, begin > 0);
    int end = docs.indexOf("\n## ", begin);
    String section = docs.substring(begin, end < 0 ? docs.length() : end);
    String raw = section.substring(section.indexOf("\n```\n") + 5);
    for (String line : raw.substring(0, raw.indexOf("\n```\n")).lines().toList()) {
      assertThat(folder + " has no raw line " + line, rawLines(folder).contains(line));
    }
    String text = Files.readString(ROOT.resolve("testdata").resolve(recipe), UTF_8);
    assertThat(section, containsString(text.substring(text.indexOf("input: ")).strip()));
    String expected = recipe.replace("/recipe", "/expected").replaceAll("\\.yaml$", "");
    List<String> lines =
        new Workbench(ROOT)
            .files("testdata/" + expected).entrySet().stream()
                .filter(file -> file.getKey().matches("(train|validation)-.*"))
                .flatMap(file -> file.getValue().lines())
                .toList();
    assertThat(
        recipe + " has one of its lines in the docs", lines.stream().anyMatch(section::contains));
  }

  @Test
  void aMailboxAndTheSameMailsAsCsvGiveTheSameDataset() throws IOException {
    prepare("email-triage/recipe.yaml");
    List<String> fromMailbox = bench.examples();
    String digest = bench.manifest().get("digest").asText();
    prepare(
        "email-triage/recipe.yaml", "--input=" + ROOT.resolve("testdata/email-triage/mail.csv"));
    assertThat(bench.examples(), equalTo(fromMailbox));
    assertThat(bench.manifest().get("digest").asText(), equalTo(digest));
    assertThat(
        bench.rejections().stream().map(r -> r.position() + " " + r.reason()).toList(),
        equalTo(List.of("166 blank_completion")));
  }

  @Test
  void theLongMailIsCutSoThatPromptSeparatorAndAnswerAre2048Tokens() throws IOException {
    prepare("email-triage/recipe.yaml");
    TokenCounter counter = TokenCounters.forEncoding("o200k_base");
    List<JsonNode> atTheLimit = new ArrayList<>();
    for (String line : bench.examples()) {
      JsonNode example = JSON.readTree(line);
      String prompt = example.get("prompt").asText();
      assertThat(prompt, prompt.indexOf("###"), equalTo(prompt.length() - "###\n\n".length()));
      int tokens = counter.count(prompt) + counter.count(example.get("completion").asText());
      assertThat(prompt, tokens, lessThanOrEqualTo(2_048));
      if (tokens == 2_048) {
        atTheLimit.add(example);
      }
    }
    assertThat(atTheLimit.size(), equalTo(1));
    assertThat(
        atTheLimit.get(0).get("prompt").asText(),
        startsWith("Subject: Inventaire de la livraison du 15 février\n"));
    assertThat(atTheLimit.get(0).get("prompt").asText(), endsWith("\n\n###\n\n"));
    assertThat(atTheLimit.get(0).get("completion").asText(), equalTo("3"));
    assertThat(bench.manifest().at("/inference/maxTokens").asInt(), equalTo(1));
    assertThat(
        bench.manifest().get("warnings").toString(),
        containsString("\"1 example had its prompt cut to 2,048 tokens\""));
  }

  @Test
  void entitiesComeInTheOrderOfTheTextOrOfTheAlphabetEachOnce() throws IOException {
    prepare("entities/recipe.yaml");
    assertThat(
        completionOf("Le maire de Nîmes"),
        equalTo(" Nîmes\nÉric Vasseur\nZoé Ancelin\nVistre END"));
    prepare("entities/recipe-sorted.yaml");
    assertThat(
        completionOf("Le maire de Nîmes"),
        equalTo(" Éric Vasseur\nNîmes\nVistre\nZoé Ancelin END"));
  }

  @Test
  void everyAnswerOfAnAgentIsARowInBothForms() throws IOException {
    prepare("support-chat/recipe.yaml");
    Map<String, Integer> completion = funnel();
    prepare("support-chat/recipe-chat.yaml");
    assertThat(funnel(), equalTo(completion));
    assertThat(
        completion, equalTo(Map.of("read", 20, "rejected", 1, "duplicates", 1, "written", 18)));
  }

  @Test
  void everyIntentIsOnBothSidesOfTheSplit() throws IOException {
    prepare("intents/recipe.yaml");
    JsonNode classes = bench.manifest().get("classes");
    assertThat(classes.size(), equalTo(77));
    for (JsonNode count : classes) {
      assertThat(count.toString(), equalTo("{\"train\":1,\"validation\":1}"));
    }
  }

  private void prepare(String recipe, String... flags) {
    Finished finished =
        bench.prepare(
            Stream.concat(
                    Stream.of("--recipe=../testdata/" + recipe, "--overwrite"), Stream.of(flags))
                .toArray(String[]::new));
    assertThat(finished.err(), finished.code(), equalTo(ExitCode.SUCCEEDED));
  }

  private Format format() throws IOException {
    return bench.manifest().get("format").asText().equals("chat") ? Format.CHAT : Format.COMPLETION;
  }

  private Map<String, Integer> funnel() throws IOException {
    JsonNode rows = bench.manifest().get("rows");
    return Map.of(
        "read", rows.get("read").asInt(),
        "rejected", rows.at("/rejected/total").asInt(),
        "duplicates", rows.get("duplicates").asInt(),
        "written", rows.get("train").asInt() + rows.get("validation").asInt());
  }

  private static Set<String> rawLines(String folder) throws IOException {
    Set<String> lines = new HashSet<>();
    try (Stream<Path> files = Files.list(ROOT.resolve("testdata").resolve(folder))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        lines.addAll(Files.readAllLines(file, UTF_8));
      }
    }
    return lines;
  }

  private String completionOf(String promptBegin) throws IOException {
    for (String line : bench.examples()) {
      JsonNode example = JSON.readTree(line);
      if (example.get("prompt").asText().startsWith(promptBegin)) {
        return example.get("completion").asText();
      }
    }
    throw new AssertionError("no prompt begins with " + promptBegin);
  }

  private void regenerate(Path target) throws IOException {
    Files.createDirectories(target);
    try (Stream<Path> old = Files.list(target)) {
      for (Path file : old.toList()) {
        Files.delete(file);
      }
    }
    for (Map.Entry<String, String> file : bench.files("out").entrySet()) {
      Files.writeString(target.resolve(file.getKey()), file.getValue());
    }
  }
}
