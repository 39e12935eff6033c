package dev.tunebeam.dataset.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.tunebeam.dataset.yaml.StrictYaml.BadYamlException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrictYamlTest {

  enum Cut {
    NOT_AT_ALL,
    LEFT
  }

  record Part(@Nullable String prompt, @JsonProperty("class") @Nullable String label) {
    Part {
      if (prompt != null && prompt.isBlank()) {
        throw new IllegalArgumentException("prompt must not be blank");
      }
    }
  }

  record Price(@JsonProperty(required = true) String model, BigDecimal usd, int limit) {}

  record Settings(
      @Nullable List<String> input,
      @Nullable Part map,
      @Nullable Double validation,
      @Nullable Long seed,
      @Nullable Integer epochs,
      @Nullable Boolean leadingSpace,
      @Nullable String stop,
      @Nullable Cut cut,
      @Nullable LocalDate asOf,
      @Nullable List<Price> prices) {
    Settings {
      if (validation != null && validation >= 1) {
        throw new IllegalArgumentException(
            "validation must be at least 0 and below 1, not " + validation);
      }
      if (epochs != null && seed != null) {
        throw new IllegalArgumentException("one of the two is enough");
      }
    }
  }

  private static final Settings NOTHING =
      new Settings(null, null, null, null, null, null, null, null, null, null);

  private static Settings read(String yaml) {
    return StrictYaml.read(yaml, "recipe.yaml", Settings.class);
  }

  private static String complaint(String yaml) {
    return String.valueOf(
        assertThrows(BadYamlException.class, () -> read(yaml), yaml).getMessage());
  }

  @Test
  void everyKindOfValueIsRead() {
    assertEquals(
        new Settings(
            List.of("a.csv", "b.csv"),
            new Part("{{question}}", "NA"),
            0.25,
            7L,
            null,
            false,
            "no\n",
            Cut.NOT_AT_ALL,
            LocalDate.of(2026, 11, 20),
            List.of(new Price("m", new BigDecimal("0.80"), 65_536))),
        read(
            """
            # a comment
            input: [a.csv, b.csv]
            map:
              prompt: "{{question}}"
              class: NA
            validation: 0.25
            seed: 7
            epochs:
            leadingSpace: false
            stop: "no\\n"
            cut: not-at-all
            asOf: 2026-11-20
            prices:
              - {model: m, usd: 0.80, limit: 65536}
            """));
  }

  @Test
  void wordsThatOldYamlTakesForBooleansStayWords() {
    assertEquals("no", read("stop: no").stop());
    assertEquals("on", read("stop: on").stop());
  }

  @Test
  void anEmptyTextIsNotTheSameAsNoValue() {
    assertEquals("", read("stop: \"\"").stop());
    assertEquals(null, read("stop:").stop());
  }

  @Test
  void anUnknownKeyIsNamedWithItsLineAndTheNearestKnownKey() {
    assertEquals(
        "recipe.yaml, line 2: unknown key vaildation; did you mean validation?",
        complaint("seed: 1\nvaildation: 0.2\n"));
    assertEquals(
        "recipe.yaml, line 2: unknown key leadingspace; did you mean leadingSpace?",
        complaint("seed: 1\nleadingspace: true\n"));
    assertEquals(
        "recipe.yaml, line 3: unknown key map.promt; did you mean map.prompt?",
        complaint("seed: 1\nmap:\n  promt:\n    - x\n"));
    assertEquals(
        "recipe.yaml, line 4: unknown key prices[1].usdollar; did you mean prices[1].usd?",
        complaint("prices:\n- {model: a, usd: 1, limit: 1}\n- model: b\n  usdollar: 1\n"));
  }

  @Test
  void anUnknownKeyLikeNoneListsTheKnownKeys() {
    assertEquals(
        "recipe.yaml, line 2: unknown key map.vegetable; the known keys are class, prompt",
        complaint("map:\n  vegetable: 1\n"));
  }

  @Test
  void aValueThatTheRecordRefusesIsNamedWithItsLine() {
    assertEquals(
        "recipe.yaml, line 3: validation must be at least 0 and below 1, not 1.5",
        complaint("seed: 1\n\nvalidation: 1.5\n"));
    assertEquals(
        "recipe.yaml, line 2: map.prompt must not be blank", complaint("map:\n  prompt: ' '\n"));
    assertEquals("recipe.yaml: one of the two is enough", complaint("seed: 1\nepochs: 1\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          validation: lots      | validation must be a number, not "lots"
          validation: "0.5"     | validation must be a number, not "0.5"
          validation: ""        | validation must be a number, not ""
          validation: [0.1]     | validation must be a number, not a list
          validation: {a: 1}    | validation must be a number, not keys with values
          seed: 1.5             | seed must be a whole number, not 1.5
          seed: true            | seed must be a whole number, not true
          epochs: 3000000000    | epochs must be a whole number of at most 2147483647, not 3000000000
          leadingSpace: yes     | leadingSpace must be true or false, not "yes"
          leadingSpace: 1       | leadingSpace must be true or false, not 1
          stop: 7               | stop must be text (in quotes), not 7
          stop: 7.5             | stop must be text (in quotes), not 7.5
          stop: true            | stop must be text (in quotes), not true
          stop: [a]             | stop must be text (in quotes), not a list
          cut: right            | cut must be not-at-all or left, not "right"
          cut: LEFT             | cut must be not-at-all or left, not "LEFT"
          cut: 1                | cut must be not-at-all or left, not 1
          cut: ""               | cut must be not-at-all or left, not ""
          asOf: 2026-13-45      | asOf must be a date such as 2026-11-20, not "2026-13-45"
          asOf: 2026            | asOf must be a date such as 2026-11-20, not 2026
          input: a.csv          | input must be a list, not "a.csv"
          input: [a, 1]         | input[1] must be text (in quotes), not 1
          map: x                | map must be keys with values, not "x"
          map: [x]              | map must be keys with values, not a list
          map: ""               | map must be keys with values, not ""
          prices: [{usd: 1, limit: 1}]                | prices[0].model must be set
          prices: [{model: a, usd: 1}]                | prices[0].limit must be set
          prices: [{model: a, usd: 1, limit: }]       | prices[0].limit must be a whole number of at most 2147483647, not empty
          seed: 99999999999999999999 | seed must be a whole number, not 99999999999999999999
          """)
  void aWrongTypeSaysWhatIsExpectedAndWhatIsThere(String line, String problem) {
    assertEquals("recipe.yaml, line 2: " + problem, complaint("# first\n" + line + "\n"));
  }

  @Test
  void aKeyGivenTwiceIsNamedWithBothLines() {
    assertEquals(
        "recipe.yaml, line 3: duplicate key seed, first set in line 1",
        complaint("seed: 1\nvalidation: 0.1\nseed: 2\n"));
  }

  @Test
  void textThatIsNoYamlIsNamedWithItsLine() {
    assertEquals(
        "recipe.yaml, line 2: this is not valid YAML: mapping values are not allowed here",
        complaint("seed: 1\nstop: a: b\n"));
    assertEquals(
        "recipe.yaml, line 2: this is not valid YAML: found character '\\t(TAB)' that cannot start"
            + " any token. (Do not use \\t(TAB) for indentation)",
        complaint("map:\n\tprompt: x\n"));
    assertEquals(
        "recipe.yaml, line 3: this is not valid YAML: found unexpected end of stream",
        complaint("seed: 1\nstop: \"abc\n"));
  }

  @Test
  void aTemplateWithoutQuotesSaysThatTheyAreMissing() {
    String problem = "recipe.yaml, line 2: a template must be in quotes: \"{{field}}\"";
    assertEquals(problem, complaint("map:\n  prompt: {{question}}\n"));
    assertEquals(problem, complaint("map:\n  prompt: {{question}} and {{more}}\n"));
    assertEquals(problem, complaint("map:\n  prompt: Q: {{a.b}}\nseed: 1\n"));
    assertEquals(problem, complaint("map:\n  prompt: {{{a.b}}}\nseed: 1\n"));
  }

  @Test
  void aKeyThatIsNoTextIsRefused() {
    assertEquals(
        "recipe.yaml, line 1: this is not valid YAML: a key must be plain text",
        complaint("{a: 1}: 2\n"));
  }

  @Test
  void nothingIsTakenInSilence() {
    assertEquals("recipe.yaml: the file is empty", complaint(""));
    assertEquals("recipe.yaml: the file is empty", complaint("# only a comment\n"));
    assertEquals(
        "recipe.yaml, line 3: a second document starts here; only one is allowed",
        complaint("seed: 1\n---\nseed: 2\n"));
    assertEquals(
        "recipe.yaml, line 2: aliases (*a) are not supported",
        complaint("stop: &a x\ninput: [*a]\n"));
    assertEquals(
        "recipe.yaml: the file must be keys with values, not a list", complaint("- seed: 1\n"));
    assertEquals("recipe.yaml: the file must be keys with values, not \"x\"", complaint("x\n"));
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheFirstKey() throws IOException {
    byte[] yaml = "\uFEFFseed: 1\n".getBytes(StandardCharsets.UTF_8);
    assertEquals(
        1L, StrictYaml.read(new ByteArrayInputStream(yaml), "recipe.yaml", Settings.class).seed());
  }

  @Test
  void bytesThatAreNoUtf8AreRefused() {
    byte[] latin1 = "stop: \u00fc\n".getBytes(StandardCharsets.ISO_8859_1);
    assertEquals(
        "recipe.yaml: the file is not UTF-8 text",
        assertThrows(
                BadYamlException.class,
                () ->
                    StrictYaml.read(
                        new ByteArrayInputStream(latin1), "recipe.yaml", Settings.class))
            .getMessage());
  }

  @Test
  void aFileIsNamedAsItWasGiven(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("my recipe.yaml");
    assertEquals(
        file + ": no such file",
        assertThrows(BadYamlException.class, () -> StrictYaml.read(file, Settings.class))
            .getMessage());
    Files.writeString(file, "seed: x\n");
    assertEquals(
        file + ", line 1: seed must be a whole number, not \"x\"",
        assertThrows(BadYamlException.class, () -> StrictYaml.read(file, Settings.class))
            .getMessage());
    assertEquals(
        folder + ": cannot be read: Is a directory",
        assertThrows(BadYamlException.class, () -> StrictYaml.read(folder, Settings.class))
            .getMessage());
  }

  @Test
  void aRecordBecomesAMapInItsOwnOrderAndBack() {
    Settings settings = read("cut: not-at-all\nseed: 1\ninput: [b, a]\nmap: {class: x}\n");
    Map<String, Object> map = StrictYaml.toMap(settings);
    assertEquals("{input=[b, a], map={class=x}, seed=1, cut=not-at-all}", map.toString());
    assertEquals(settings, StrictYaml.convert(map, "flags", Settings.class));
    assertEquals(NOTHING, StrictYaml.convert(Map.of(), "flags", Settings.class));
  }

  @Test
  void aValueThatIsInNoFileIsNamedWithoutALine() {
    BadYamlException e =
        assertThrows(
            BadYamlException.class,
            () -> StrictYaml.convert(Map.of("cut", "right"), "flags", Settings.class));
    assertEquals("flags: cut must be not-at-all or left, not \"right\"", e.getMessage());
    assertEquals("cut", e.key());
    assertEquals("cut must be not-at-all or left, not \"right\"", e.problem());
  }

  @Test
  void aFileThatIsTooLargeIsRefusedBeforeItIsParsed() {
    byte[] yaml = ("stop: " + "x".repeat(5 << 20)).getBytes(StandardCharsets.UTF_8);
    assertEquals(
        "a.yaml: the file is larger than 4 MiB, the most for settings",
        assertThrows(
                BadYamlException.class,
                () -> StrictYaml.read(new ByteArrayInputStream(yaml), "a.yaml", Settings.class))
            .getMessage());
  }

  @Test
  void aFileThatIsNestedTooDeeplyIsRefusedInOneLine() {
    String message =
        String.valueOf(
            assertThrows(
                    BadYamlException.class,
                    () ->
                        StrictYaml.read("input: " + "[".repeat(200_000), "a.yaml", Settings.class))
                .getMessage());
    assertEquals(1, message.lines().count(), message);
    assertEquals(true, message.startsWith("a.yaml") && message.length() < 300, message);
  }
}
