package dev.tunebeam.pipelines.recipe;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import dev.tunebeam.dataset.settings.Group;
import dev.tunebeam.dataset.settings.SettingKey;
import dev.tunebeam.dataset.yaml.StrictYaml.BadYamlException;
import dev.tunebeam.pipelines.CommandHelp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The recipe's documentation is what the code says. */
class RecipeDocsTest {

  private static final List<String> OF_BEAM =
      List.of("runner", "localWorkers", "spillLocation", "sparkMaster", "key");

  private static final Path DOCS =
      Path.of(System.getProperty("basedir", "."), "..", "docs").normalize();
  private static final Path PAGE = DOCS.resolve("recipe.md");
  private static final Path SCHEMA = DOCS.resolve("recipe.schema.json");

  private static final Path JOB_FLAGS =
      DOCS.resolveSibling("dataset/src/main/resources/dev/tunebeam/dataset/settings/job-flags.txt");

  private static final String REGENERATE =
      "./mvnw -pl pipelines -am test -Dtest=RecipeDocsTest -Dsurefire.failIfNoSpecifiedTests=false"
          + " -Dregenerate=true";

  private static void assertIsGenerated(Path file, String generated) throws IOException {
    if (Boolean.getBoolean("regenerate")) {
      Files.writeString(file, generated);
    }
    assertEquals(
        generated,
        Files.readString(file),
        "%s is not what the code says; run %s".formatted(file, REGENERATE));
  }

  @Test
  void theSchemaIsWhatTheCodeSays() throws IOException {
    DefaultIndenter lines = new DefaultIndenter("  ", "\n");
    String schema =
        new ObjectMapper()
            .writer(new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines))
            .writeValueAsString(RecipeSchema.generate());
    assertIsGenerated(SCHEMA, schema + "\n");
  }

  @Test
  void theTablesAndTheHelpInThePageAreWhatTheCodeSays() throws IOException {
    String page = Files.readString(PAGE);
    page = replaceSection(page, "keys", tables());
    page = replaceSection(page, "help", "```\n" + JobHelp.prepare() + "```\n");
    assertIsGenerated(PAGE, page);
  }

  @Test
  void theFlagsThatShellsCompleteAreThoseOfTheHelp() throws IOException {
    assertIsGenerated(
        JOB_FLAGS,
        "inspect%s --help\nprepare%s --help\n"
            .formatted(flags(JobHelp.inspect()), flags(JobHelp.prepare())));
  }

  private static String flags(String help) {
    return Pattern.compile("(?m)^  (--\\w+)")
        .matcher(help)
        .results()
        .map(flag -> " " + flag.group(1))
        .filter(flag -> !flag.equals(" --key"))
        .collect(Collectors.joining());
  }

  @Test
  void theExamplesInThePageAreRecipesAndFitTheSchema() throws IOException {
    List<String> examples =
        Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(PAGE))
            .results()
            .map((MatchResult match) -> match.group(1))
            .toList();
    assertThat(examples.size(), greaterThan(1));
    for (String example : examples) {
      Recipe.parse(example, "example");
      assertThat(example, complaints(example), empty());
    }
  }

  @Test
  void theComplaintsInThePageAreReal() throws IOException {
    String page = Files.readString(PAGE);
    List<String> recipes =
        List.of(
            "\n\nvaildation: 0.1",
            "\n\n\n\n\n\nvalidation: 1.5",
            "\n\n\n\n\n\n\n\ntooLong: cut",
            "\n\nmap:\n  prompt: {{question}}");
    for (String recipe : recipes) {
      BadYamlException e =
          assertThrows(BadYamlException.class, () -> Recipe.parse(recipe, "recipe.yaml"));
      assertThat(page, containsString("  " + e.getMessage() + "\n"));
    }
  }

  @Test
  void theSchemaRefusesWhatTheRecipeRefuses() throws IOException {
    assertThat(complaints("vaildation: 0.1"), not(empty()));
    assertThat(complaints("map: {promt: x}"), not(empty()));
    assertThat(complaints("tooLong: TRUNCATE_LEFT"), not(empty()));
    assertThat(complaints("seed: x"), not(empty()));
    assertThat(complaints("input: 1"), not(empty()));
    assertThat(complaints("launch: {provider: mistral}"), not(empty()));
    assertThat(complaints("launch: {epoch: 3}"), not(empty()));
    assertThat(complaints("launch: {budget: 2.5, wandbTags: nightly}"), empty());
    assertThat(complaints("input: a.csv"), empty());
    assertThat(complaints("input: [a.csv]\ntooLong: truncate-left\nmap: {class: x}"), empty());
  }

  @Test
  void theHelpFitsATerminalAndHasEveryFlag() {
    String both = JobHelp.prepare() + JobHelp.inspect();
    for (String line : (both + CommandHelp.text()).lines().toList()) {
      assertEquals(true, line.length() <= 100, line);
    }
    assertThat(flagsIn(JobHelp.prepare()), equalTo(flagsOf("prepare")));
    List<String> ofInspect = flagsOf("inspect");
    ofInspect.removeAll(List.of("output", "dryRun", "overwrite"));
    assertThat(flagsIn(JobHelp.inspect()), equalTo(ofInspect));
  }

  private static List<String> flagsIn(String help) {
    return Pattern.compile("(?m)^  --(\\w+)")
        .matcher(help)
        .results()
        .map(match -> match.group(1))
        .filter(name -> !OF_BEAM.contains(name))
        .toList();
  }

  private static List<String> flagsOf(String command) {
    return Arguments.keys(command).stream()
        .sorted(Comparator.comparing(key -> key.setting().group()))
        .map(SettingKey::flag)
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private static List<String> complaints(String yaml) throws IOException {
    JsonSchema schema =
        JsonSchemaFactory.getInstance(VersionFlag.V202012)
            .getSchema(RecipeSchema.generate().toString());
    return schema.validate(new YAMLMapper().readTree(yaml)).stream()
        .map(ValidationMessage::getMessage)
        .toList();
  }

  private static String replaceSection(String page, String name, String content) {
    String begin = "<!-- generated: %s -->\n".formatted(name);
    String end = "<!-- end: %s -->".formatted(name);
    int from = page.indexOf(begin) + begin.length();
    int to = page.indexOf(end);
    assertEquals(true, from >= begin.length() && to >= from, "the page has no section " + name);
    return page.substring(0, from) + content + page.substring(to);
  }

  private static String tables() {
    StringBuilder tables = new StringBuilder();
    for (Group group : Group.values()) {
      List<SettingKey> keys =
          Recipe.keys().stream().filter(key -> key.setting().group() == group).toList();
      if (!keys.isEmpty()) {
        tables.append("### ").append(group.title()).append("\n\n");
        tables.append("| key | value | default | meaning |\n|---|---|---|---|\n");
        keys.forEach(key -> tables.append(row(key)));
        tables.append('\n');
      }
    }
    return tables.toString();
  }

  private static String row(SettingKey key) {
    String preset = key.preset() == null ? key.setting().unset() : "`" + key.presetText() + "`";
    return "| `%s` | %s | %s | %s |%n"
        .formatted(key.path(), kind(key), preset, key.setting().text())
        .replace(System.lineSeparator(), "\n");
  }

  private static String kind(SettingKey key) {
    if (!key.choices().isEmpty()) {
      return String.join(", ", key.choices().stream().map(name -> "`" + name + "`").toList());
    }
    if (key.type() == List.class) {
      return "a text or a list of texts";
    }
    if (key.type() == Map.class) {
      return "texts by text";
    }
    if (key.type() == Boolean.class) {
      return "`true`, `false`";
    }
    boolean isWhole = Arrays.asList(Integer.class, Long.class).contains(key.type());
    boolean isNumber = Number.class.isAssignableFrom(key.type());
    return isWhole ? "whole number" : isNumber ? "number" : "text";
  }
}
