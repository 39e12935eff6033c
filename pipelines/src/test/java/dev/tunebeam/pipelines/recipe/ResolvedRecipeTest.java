package dev.tunebeam.pipelines.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tunebeam.dataset.settings.SettingKey;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResolvedRecipeTest {

  private Path folder;
  private Path file;

  @BeforeEach
  void writeARecipe(@TempDir Path temporary) throws IOException {
    folder = temporary;
    file = folder.resolve("recipe.yaml");
    write(
        """
        input: [data/*.csv, /mnt/b.csv, "s3a://bucket/c.csv"]
        map: {prompt: "{{q}}", class: "{{c}}"}
        prices: ../prices.yaml
        tokenizer: llama/tokenizer.json
        output: out
        near: {action: keep-together}
        seed: 1
        """);
  }

  private void write(String yaml) throws IOException {
    Files.writeString(file, yaml);
  }

  private static ResolvedRecipe resolve(String... arguments) {
    Arguments parsed = Arguments.parse("prepare", arguments);
    return ResolvedRecipe.of(parsed, !parsed.run().dryRun());
  }

  private static String complaint(String... arguments) {
    return String.valueOf(
        assertThrows(UsageException.class, () -> resolve(arguments)).getMessage());
  }

  @Test
  void pathsOfARecipeAreSeenFromItsFolder() {
    ResolvedRecipe resolved = resolve("--recipe=" + file);
    assertEquals(
        List.of(folder + "/data/*.csv", "/mnt/b.csv", "s3a://bucket/c.csv"), resolved.input());
    assertEquals(folder + "/../prices.yaml", resolved.prices());
    assertEquals(folder + "/llama/tokenizer.json", resolved.tokenizer());
    assertEquals(folder + "/out", resolved.output());
  }

  @Test
  void pathsInFlagsAreSeenFromTheWorkingFolder() {
    ResolvedRecipe resolved =
        resolve(
            "--recipe=" + file,
            "--input=x/a.csv",
            "--prices=p.yaml",
            "--tokenizer=t.json",
            "--output=there");
    assertEquals(List.of("x/a.csv"), resolved.input());
    assertEquals("p.yaml", resolved.prices());
    assertEquals("t.json", resolved.tokenizer());
    assertEquals("there", resolved.output());
  }

  @Test
  void theManifestsRecipeKeepsPathsAsTheyWereWritten() {
    Map<String, Object> effective = resolve("--recipe=" + file).recipe().effective();
    assertEquals(List.of("data/*.csv", "/mnt/b.csv", "s3a://bucket/c.csv"), effective.get("input"));
    assertEquals("../prices.yaml", effective.get("prices"));
    assertNull(effective.get("output"));
  }

  @Test
  void aRelativePathToTheRecipeWorks() throws IOException {
    Path here = Path.of("").toAbsolutePath();
    String relative = here.relativize(file).toString();
    assertEquals(relative.replace("recipe.yaml", "out"), resolve("--recipe=" + relative).output());
  }

  @Test
  void aFolderWithBlanksAndBracketsHoldsARecipe() throws IOException {
    Path odd = Files.createDirectory(folder.resolve("my [old] recipes"));
    Path moved = Files.move(file, odd.resolve("recipe.yaml"));
    assertEquals(odd + "/out", resolve("--recipe=" + moved).output());
  }

  @Test
  void flagsOverrideTheSettingKeyByKey() {
    Recipe written = resolve("--recipe=" + file).recipe();
    Recipe recipe = resolve("--recipe=" + file, "--prompt={{other}}", "--seed=2").recipe();
    assertEquals(new MapSection("{{other}}", null, null, "{{c}}"), recipe.map());
    assertEquals(2L, recipe.seed());
    assertEquals(written.input(), recipe.input());
  }

  @Test
  void everyKeyOutsideLaunchHasAFlagThatOverridesItAndNothingElse() {
    Map<String, Object> before = byPath(resolve("--recipe=" + file).recipe().values(), "");
    for (SettingKey key : Recipe.keys()) {
      if (key.path().startsWith("launch.")) {
        continue;
      }
      String flag = "--" + key.flag() + "=" + another(key);
      Map<String, Object> after = byPath(resolve("--recipe=" + file, flag).recipe().values(), "");
      assertEquals(
          another(key), String.valueOf(after.get(key.path())).replaceAll("[\\[\\]{}]", ""));
      assertNotEquals(before.get(key.path()), after.get(key.path()), flag);
      Map<String, Object> rest = new TreeMap<>(before);
      rest.remove(key.path());
      after.remove(key.path());
      assertEquals(rest, after, flag);
    }
  }

  private static String another(SettingKey key) {
    return switch (key.path()) {
      case "charset" -> "US-ASCII";
      case "leadingSpace" -> "false";
      case "maxRejected", "validation", "sample" -> "0.5";
      case "near.similarity" -> "0.75";
      case "near.by" -> "prompt";
      case "card.language" -> "de";
      case "where" -> "a == 1";
      case "labels" -> "a=b";
      default ->
          key.type() == BigDecimal.class
              ? "0.5"
              : Number.class.isAssignableFrom(key.type())
                  ? "77"
                  : key.choices().isEmpty() ? "text" : key.choices().get(key.choices().size() - 1);
    };
  }

  private static Map<String, Object> byPath(Map<?, ?> values, String parent) {
    Map<String, Object> all = new TreeMap<>();
    values.forEach(
        (key, value) -> {
          if (value instanceof Map<?, ?> nested && !key.equals("labels")) {
            all.putAll(byPath(nested, key + "."));
          } else {
            all.put(parent + key, value);
          }
        });
    return all;
  }

  @Test
  void separatorAndStopUnderstandEscapes() {
    Recipe recipe =
        resolve("--input=a", "--output=o", "--separator=\\n\\t->\\\\ \\n", "--stop=").recipe();
    assertEquals("\n\t->\\ \n", recipe.separator());
    assertEquals("", recipe.stop());
    assertEquals(
        "--stop: \\r means nothing; known are \\n, \\t and \\\\", complaint("--stop=x\\r"));
    assertEquals("--stop: \\ means nothing; known are \\n, \\t and \\\\", complaint("--stop=x\\"));
  }

  @Test
  void withoutARecipeAnInputAndAnOutputAreEnough() {
    ResolvedRecipe resolved = resolve("--input=a.csv", "--output=out");
    assertEquals(Recipe.of(Map.of("input", List.of("a.csv"), "output", "out")), resolved.recipe());
    assertEquals(List.of("a.csv"), resolved.input());
  }

  @Test
  void flagsAreValuesOfTheTypesOfTheirKeys() {
    Recipe recipe =
        resolve(
                "--recipe=" + file,
                "--validation=0.2",
                "--seed=7",
                "--max-tokens=3",
                "--leadingSpace=false",
                "--input=a.csv,b/*.csv",
                "--input=c.csv",
                "--prompt=a = {{b}}")
            .recipe();
    assertEquals(0.2, recipe.validation());
    assertEquals(7L, recipe.seed());
    assertEquals(3, recipe.maxTokens());
    assertEquals(false, recipe.leadingSpace());
    assertEquals(List.of("a.csv", "b/*.csv", "c.csv"), recipe.input());
    assertEquals("a = {{b}}", recipe.map().prompt());
  }

  @Test
  void aDryRunNeedsNoOutput() {
    assertNull(resolve("--input=a.csv", "--dryRun").output());
  }

  @Test
  void whatIsMissingIsNamed() {
    assertEquals(
        "no input: give --input=FILES or a recipe that has input", complaint("--output=out"));
    assertEquals("no output folder: give --output=FOLDER, or --dryRun", complaint("--input=a.csv"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          --validation=1.5 | --validation must be at least 0 and below 1, not 1.5
          --validation=NaN | --validation must be at least 0 and below 1, not NaN
          --validation=lots | --validation must be a number, not "lots"
          --seed=1.5       | --seed must be a whole number, not 1.5
          --epochs=3000000000 | --epochs must be a whole number of at most 2147483647, not 3000000000
          --leadingSpace=yes | --leadingSpace must be true or false, not "yes"
          --maxRowBytes=3000000000 | --maxRowBytes must be at least 1 and at most 268435456, not 3000000000
          --cutPromptPrefix= | --cutPromptPrefix must not be empty
          --tooLong=cut    | --tooLong must be reject, truncate-left or truncate-right, not "cut"
          --epochs=0       | --epochs must be at least 1, not 0
          --charset=x      | --charset must be one that Java knows, such as UTF-8 or windows-1252, not x
          --input=a,,b     | --input must not be blank
          --model=' '      | --model must not be blank
          """)
  void aWrongValueNamesItsFlag(String flag, String message) {
    assertEquals(message, complaint("--recipe=" + file, flag.replace("'", "")));
  }

  @Test
  void aMistakeInTheRecipeNamesItsFileAndLine() throws IOException {
    write("input: a.csv\nseeed: 1\n");
    assertEquals(
        file + ", line 2: unknown key seeed; did you mean seed?",
        complaint("--recipe=" + file, "--seed=1"));
  }

  @Test
  void aRecipeThatCannotBeReadIsNamed() {
    assertEquals(
        "--recipe: no/such.yaml: No such file or directory", complaint("--recipe=no/such.yaml"));
    assertEquals("--recipe: %s: Is a directory".formatted(folder), complaint("--recipe=" + folder));
    assertEquals(
        "--recipe: nosuch://bucket/recipe.yaml cannot be read: No filesystem found for scheme"
            + " nosuch",
        complaint("--recipe=nosuch://bucket/recipe.yaml"));
  }
}
