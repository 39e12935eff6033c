package dev.tunebeam.pipelines;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.pipelines.Workbench.Finished;
import dev.tunebeam.pipelines.prepare.ObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InspectCommandTest {

  private static final Path DATA = Path.of("../../shared/data");
  private static final Path TICKETS = Path.of("../testdata/support-tickets");

  private final Workbench bench;

  InspectCommandTest(@TempDir Path folder) {
    bench = new Workbench(folder);
  }

  private Inspected inspected() throws IOException {
    return new Inspected(bench.inspection());
  }

  /** That the recipe leads prepare to the same funnel. */
  private void assertPreparedAsInspected(String recipe) throws IOException {
    Finished prepared = bench.prepare("--recipe=" + recipe, "--overwrite");
    assertThat(prepared.err(), prepared.code(), equalTo(ExitCode.SUCCEEDED));
    JsonNode rows = bench.manifest().get("rows");
    assertThat(
        List.of(
            rows.get("read").asLong(),
            rows.at("/rejected/total").asLong(),
            rows.get("duplicates").asLong(),
            rows.get("train").asLong() + rows.get("validation").asLong()),
        equalTo(inspected().examples()));
  }

  @Test
  void theExampleOfTheProjectIsInspectedWithItsRecipe() throws IOException {
    String recipe = TICKETS.resolve("recipe.yaml").toString();
    String recommended = bench.path("recipe.yaml").toString();
    Finished finished = bench.inspect("--recipe=" + recipe, "--recipeOut=" + recommended);
    assertThat(finished.err(), finished.code(), equalTo(ExitCode.SUCCEEDED));
    assertThat(inspected().kind(), equalTo("classification"));
    assertThat(
        inspected().findings(),
        equalTo(
            Map.of(
                "blank_completion", 1L,
                "conflicts", 2L,
                "duplicates", 5L,
                "ragged_row", 1L,
                "small-classes", 7L,
                "unused-fields", 2L)));
    assertThat(inspected().recommended(), equalTo(Map.of("conflicts", "\"majority\"")));
    assertPreparedAsInspected(recommended);
    assertThat(bench.inspection().get("tokens"), equalTo(bench.manifest().get("tokens")));
    assertThat(bench.inspection().get("cost"), equalTo(bench.manifest().get("cost")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "alpaca_en_demo.json | generation",
        "banking77-train.csv | classification",
        "dpo_en_demo.json | preference",
        "glaive_toolcall_en_demo.json | tool-use"
      })
  void realCorporaAreWhatTheyAreAndTheirRecipeWorks(String file, String kind) throws IOException {
    assumeTrue(Files.isDirectory(DATA), "no " + DATA);
    String recipe = bench.path("recipe.yaml").toString();
    Finished finished =
        bench.inspect("--input=" + DATA.resolve(file), "--yes", "--recipeOut=" + recipe);
    assertThat(finished.err(), finished.code(), equalTo(ExitCode.SUCCEEDED));
    assertThat(inspected().kind(), equalTo(kind));
    assertPreparedAsInspected(recipe);
  }

  @Test
  void theBeginningOfAFileIsReadOnceWhateverIsToBeKnownOfIt() {
    SortedMap<String, Integer> twice = new TreeMap<>();
    for (int i = 10; i < 40; i++) {
      String key = String.format(Locale.ROOT, "memory://heads/%s.jsonl", i);
      String row =
          String.format(Locale.ROOT, "{\"prompt\":\"question %s\",\"completion\":\"answer\"}\n", i);
      ObjectStore.put(key, row.getBytes(UTF_8));
      twice.put(key, 2);
    }
    Finished finished =
        bench.inspect(
            "--input=memory://heads/*.jsonl", "--recipe-out=" + bench.path("recipe.yaml"));
    assertThat(finished.err(), finished.code(), equalTo(ExitCode.SUCCEEDED));
    // Once before the job, and once by the job.
    assertThat(ObjectStore.opened("memory://heads/"), equalTo(twice));
  }

  @Test
  void everyRunnerFindsTheSame() throws IOException {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      rows.add(
          String.format(
              Locale.ROOT,
              "{\"prompt\":\"question %s\",\"completion\":\"%s\",\"n\":%s}",
              i % 400,
              i % 3 == 0 ? "yes" : "no " + i % 5,
              i % 50 == 0 ? "\"x\"" : i));
    }
    rows.add(100, "{");
    rows.add(200, "{\"prompt\":\"mail ada@example.com\",\"completion\":\" \"}");
    bench.write("in.jsonl", rows.toArray(String[]::new));
    String input = "--input=" + bench.path("in.jsonl");
    bench.inspect(input, "--runner=DirectRunner");
    JsonNode direct = bench.inspection();
    bench.inspect(input, "--localWorkers=3", "--localBufferBytes=10000");
    assertThat(bench.inspection(), equalTo(direct));
    bench.inspect(input, "--shardBytes=3000", "--runner=SparkRunner", "--sparkMaster=local[2]");
    assertThat(bench.inspection(), equalTo(direct));
    bench.inspect(input, "--runner=SparkRunner", "--sparkMaster=local[2]", "--cacheDisabled=true");
    assertThat(bench.inspection(), equalTo(direct));
  }

  @Test
  void conversationsAreLookedAtTurnByTurn() throws IOException {
    String user = "{\"role\":\"user\",\"content\":\"a %s\"}";
    String answer = "{\"role\":\"assistant\",\"content\":\"b\"}";
    String call =
        "{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"c\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]}";
    String system = "{\"role\":\"system\",\"content\":\"s\"}";
    List<String> rows = new ArrayList<>();
    rows.add(chat(system, user.formatted(1), answer));
    rows.add(chat(user.formatted(2), user.formatted(2), answer));
    rows.add(chat(user.formatted(3), call, user.formatted(3), answer));
    rows.add(chat("{\"content\":\"no role\"}", answer));
    rows.add(chat(user.formatted(5)));
    rows.add(chat("{\"role\":\"narrator\",\"content\":\"x\"}", answer));
    bench.write("in.jsonl", rows.toArray(String[]::new));
    Finished finished = bench.inspect("--input=" + bench.path("in.jsonl"));
    assertThat(finished.code(), equalTo(ExitCode.SUCCEEDED));
    assertThat(inspected().kind(), equalTo("chat"));
    assertThat(inspected().places("turns-out-of-order"), equalTo(List.of(2)));
    assertThat(inspected().places("call-without-answer"), equalTo(List.of(3)));
    assertThat(inspected().findings().get("missing-system"), equalTo(2L));
    assertThat(inspected().places("bad_messages"), equalTo(List.of(4, 5, 6)));
    assertThat(inspected().recommended(), equalTo(Map.of("maxRejected", "0.5")));
  }

  @Test
  void fewTextsAmongCallsOfToolsHaveNothingInCommon() throws IOException {
    String call =
        "{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"c\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]}";
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      String answer =
          String.format(
              Locale.ROOT, "{\"role\":\"assistant\",\"content\":\"I am sorry to say that %s\"}", i);
      rows.add(
          chat(
              String.format(Locale.ROOT, "{\"role\":\"user\",\"content\":\"%s\"}", i),
              i < 3 ? answer : call));
    }
    bench.write("in.jsonl", rows.toArray(String[]::new));
    bench.inspect("--input=" + bench.path("in.jsonl"));
    assertThat(inspected().findings(), not(hasKey("common-prefix-answer")));
    assertThat(inspected().recommended(), equalTo(Map.of()));
  }

  private static String chat(String... turns) {
    return "{\"messages\":[" + String.join(",", turns) + "]}";
  }

  @Test
  void aFileWithTheNumberOfACardInItsNameKeepsItsName() throws IOException {
    bench.write("4111111111111111.json", "{\"data\":[{\"prompt\":\"a\",\"completion\":\"b\"}]}");
    bench.write("4242424242424242.csv", "prompt,completion");
    Finished finished = bench.inspect("--input=" + bench.path("4*"));
    assertThat(
        finished.out(),
        containsString("data: the only array of objects (BENCH/4111111111111111.json)"));
    assertThat(finished.out(), containsString("4242424242424242.csv has no rows"));
    assertThat(finished.out(), not(containsString("[card number]")));
  }

  @Test
  void noSecretIsPrintedAnywhere() throws IOException {
    String key = "sk" + "-" + "aB3".repeat(16);
    List<String> rows = new ArrayList<>();
    rows.add("{\"prompt\":\"mail to ada@example.com\",\"completion\":\"%s\"}".formatted(key));
    rows.add("{\"prompt\":\"x\",\"completion\":{\"key\":\"%s\"}}".formatted(key));
    rows.add("{\"messages\":[{\"role\":\"user\",\"content\":{\"a\":\"%s\"}}]}".formatted(key));
    bench.write("in.jsonl", rows.toArray(String[]::new));
    Finished finished =
        bench.inspect("--input=" + bench.path("in.jsonl"), "--recipeOut=" + bench.path("r.yaml"));
    assertThat(inspected().findings().get("secret-key"), equalTo(1L));
    assertThat(inspected().findings().get("personal-email"), equalTo(1L));
    String all =
        finished.out() + finished.err() + bench.inspection() + bench.files("").get("r.yaml");
    assertThat(all, not(containsString("ada@")));
    assertThat(all, not(containsString("aB3aB3")));
  }

  @Test
  void secretsInClassesFieldsAndCommonBeginningsAreMaskedToo() throws IOException {
    bench.write(
        "in.jsonl",
        IntStream.range(0, 20)
            .mapToObj(
                i ->
                    String.format(
                        Locale.ROOT,
                        "{\"prompt\":\"ada@example.com asks: %s\",\"completion\":\"%s@example.com\",\"of ada@example.com\":%s}",
                        i,
                        i % 2 == 0 ? "ada" : "bob",
                        i == 7 ? "\"x\"" : "1"))
            .toArray(String[]::new));
    Finished finished = bench.inspect("--input=" + bench.path("in.jsonl"), "--format=completion");
    assertThat(inspected().kind(), equalTo("classification"));
    assertThat(bench.inspection().get("classes").toString(), equalTo("{\"[e-mail address]\":20}"));
    assertThat(
        inspected().details("small-classes"),
        equalTo(List.of("[e-mail address]: 10", "[e-mail address]: 10")));
    assertThat(
        finished.out(), containsString("all prompts start with \"[e-mail address] asks: \""));
    assertThat(bench.inspection().get("findings").toString(), not(containsString("@")));
    assertThat(bench.inspection().get("fields").toString(), not(containsString("@")));
  }

  @Test
  void aSecretIsMaskedWhereOnlyItsBeginningWouldBeShown() throws IOException {
    String key = "sk" + "-" + "aB3".repeat(16);
    String pem =
        "-----BEGIN PRIVATE " + "KEY-----" + "MIIE".repeat(460) + "-----END PRIVATE KEY-----";
    bench.write(
        "in.jsonl",
        IntStream.range(0, 20)
            .mapToObj(
                i ->
                    String.format(
                        Locale.ROOT,
                        "{\"prompt\":\"Please use this key and no other one: %s for %s\",\"completion\":\"it is %s\",\"pem\":\"%s%s%s\",\"list\":[\"a\\n%s\"]}",
                        key,
                        i,
                        i,
                        pem,
                        " ".repeat(80),
                        key,
                        key))
            .toArray(String[]::new));
    Finished finished =
        bench.inspect("--input=" + bench.path("in.jsonl"), "--recipeOut=" + bench.path("r.yaml"));
    assertThat(inspected().findings().get("secret-key"), equalTo(20L));
    String all =
        finished.out() + finished.err() + bench.inspection() + bench.files("").get("r.yaml");
    assertThat(all, not(containsString("aB3")));
    assertThat(
        finished.out(),
        containsString(
            "all prompts start with \"Please use this key and no other one: [key] for \""));
  }

  @Test
  void oneAnswerToEverythingIsOneClass() throws IOException {
    bench.write(
        "in.jsonl",
        IntStream.range(0, 20)
            .mapToObj(
                i -> String.format(Locale.ROOT, "{\"prompt\":\"%s\",\"completion\":\"yes\"}", i))
            .toArray(String[]::new));
    bench.inspect("--input=" + bench.path("in.jsonl"));
    assertThat(inspected().kind(), equalTo("classification"));
    assertThat(
        inspected().findings(), equalTo(Map.of("few", 20L, "one-class", 1L, "small-classes", 1L)));
  }

  @Test
  void withoutATerminalNothingIsAskedAndTheRecipeHasAllThatIsRecommended() throws IOException {
    bench.write(
        "data/in.jsonl",
        IntStream.range(0, 20)
            .mapToObj(
                i ->
                    String.format(
                        Locale.ROOT,
                        "{\"text\":\"t %s\",\"tone\":\"%s\"}",
                        i,
                        i % 2 == 0 ? "+" : "-"))
            .toArray(String[]::new));
    Finished finished =
        bench.inspect(
            "--input=" + bench.path("data/in.jsonl"),
            "--prompt={{text}}",
            "--completion={{tone}}",
            "--recipeOut=" + bench.path("recipes/r.yaml"));
    assertThat(finished.err(), equalTo(""));
    assertThat(finished.out(), not(containsString("[Y/n]")));
    assertThat(
        bench.files("recipes").get("r.yaml"),
        equalTo(
            """
            # Written by tunebeam inspect.
            input:
              - "%s"
            map:
              prompt: "{{text}}"
              completion: "{{tone}}"
            format: "chat"
            task: "classification"
            """
                .formatted(bench.path("data/in.jsonl"))));
  }

  @Test
  void answersOnlyToARunFromATerminalEndWithTheRecipeToCopy() throws IOException {
    bench.write("in.jsonl", "{\"prompt\":\"a\",\"completion\":\"b\"}", "{");
    Finished finished = bench.inspectAnswering("y\n", "--input=" + bench.path("in.jsonl"));
    assertThat(finished.err(), finished.code(), equalTo(ExitCode.SUCCEEDED));
    assertThat(
        finished.out(),
        containsString(
            """
            50.0 % of 2 rows, more than maxRejected (0.05) allows
            Continue without the 1 rejected row? [Y/n]\s
            # Written by tunebeam inspect.
            # recommended: maxRejected: 0.5
            """));
    Finished refused = bench.inspectAnswering("n\nn\n", "--input=" + bench.path("in.jsonl"));
    assertThat(refused.code(), equalTo(ExitCode.TOO_MANY_REJECTED));
  }

  @Test
  void separatorsOfAnOlderDatasetAreCutWhereTheLinesAreChat() throws IOException {
    bench.write(
        "in.jsonl",
        IntStream.range(0, 20)
            .mapToObj(
                i ->
                    String.format(
                        Locale.ROOT,
                        "{\"prompt\":\"question %s\\n\\n###\\n\\n\",\"completion\":\" that is %s END\"}",
                        i,
                        i))
            .toArray(String[]::new));
    String recipe = bench.path("recipe.yaml").toString();
    bench.inspect("--input=" + bench.path("in.jsonl"), "--yes", "--recipeOut=" + recipe);
    assertPreparedAsInspected(recipe);
    assertThat(
        bench.examples().get(0),
        equalTo(
            "{\"messages\":[{\"role\":\"user\",\"content\":\"question 0\"},"
                + "{\"role\":\"assistant\",\"content\":\"that is 0\"}]}"));
  }

  @Test
  void aDelimiterOfOnesOwnIsLookedForAndWhatCouldStandInItsPlaceIsTold() throws IOException {
    bench.write(
        "in.jsonl",
        "{\"prompt\":\"a <> b\",\"completion\":\"c -> d ###\"}",
        "{\"prompt\":\"e -> f\",\"completion\":\"g\"}");
    Finished finished =
        bench.inspect(
            "--input=" + bench.path("in.jsonl"),
            "--model=together/Qwen/Qwen3-8B",
            "--separator= <>",
            "--stop=",
            "--leadingSpace=false",
            "--verbose");
    assertThat(inspected().places("separator-in-text"), equalTo(List.of(1)));
    assertThat(inspected().findings().get("no-leading-space"), equalTo(2L));
    assertThat(
        bench.inspection().get("delimiters").toString(),
        equalTo(
            "[{\"name\":\"separator\",\"text\":\" <>\",\"within\":1,\"free\":[\"\\n\\n###\\n\\n\",\"\\n\\n===\\n\\n\",\"\\n\\n---\\n\\n\",\"\\n\\n===>\\n\\n\",\"\\n\\n--->\\n\\n\",\"\\n\\n### =>\\n\\n\",\" =>\"]},"
                + "{\"name\":\"stop\",\"text\":\"\",\"within\":0,\"free\":[\" END\",\" [END]\",\"\\n\",\"***\",\"+++\",\"&&&\",\"$$$\",\"@@@\",\"%%%\"]}]"));
    assertThat(
        finished.out(),
        containsString(
            """
            Delimiters
              separator  " <>" occurs in 1 prompt; alternatives: "\\n\\n###\\n\\n", "\\n\\n===\\n\\n","""));
    assertThat(
        finished.out(),
        containsString(
            "  stop       none; alternatives: \" END\", \" [END]\", \"\\n\", \"***\"\n"));
  }

  @Test
  void rowsInTheLettersOfAnotherLanguageAreTold() throws IOException {
    bench.write(
        "in.jsonl",
        IntStream.range(0, 60)
            .mapToObj(
                i ->
                    String.format(
                        Locale.ROOT,
                        "{\"prompt\":\"%s %s\",\"completion\":\"1\"}",
                        i == 4 ? "вопрос" : i == 9 || i == 8 ? "问题" : "question",
                        i))
            .toArray(String[]::new));
    bench.inspect("--input=" + bench.path("in.jsonl"));
    assertThat(inspected().places("other-script"), equalTo(List.of(5, 9, 10)));
    assertThat(
        bench.inspection().get("findings").findValuesAsText("what"),
        hasItems(
            "1 example is in Cyrillic script, the rest in Latin",
            "2 examples are in Chinese or Japanese script, the rest in Latin"));
  }

  @Test
  void whatTheRecipeCutsAlreadyStaysWhereMoreIsTaken() throws IOException {
    bench.write(
        "in.jsonl",
        IntStream.range(0, 20)
            .mapToObj(i -> chat(turn("user", "WHAT IS NUMBER " + i), turn("assistant", "It is.")))
            .toArray(String[]::new));
    String recipe = bench.path("recipe.yaml").toString();
    Finished finished =
        bench.inspect(
            "--input=" + bench.path("in.jsonl"),
            "--cutPromptPrefix=WHAT ",
            "--recipeOut=" + recipe);
    assertThat(finished.err(), finished.code(), equalTo(ExitCode.SUCCEEDED));
    assertThat(
        Files.readAllLines(bench.path("recipe.yaml")).subList(4, 9),
        equalTo(
            List.of(
                "cut:",
                "  promptPrefix: \"WHAT \"",
                "lowerCase: \"prompt\"",
                "dialect: \"chat\"",
                "format: \"chat\"")));
    bench.prepare("--recipe=" + recipe);
    assertThat(
        bench.examples().get(0),
        equalTo(chat(turn("user", "is number 0"), turn("assistant", "It is."))));
  }

  @Test
  void conversationsThatEndWithAQuestionGiveAnExampleForEachAnswer() throws IOException {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      rows.add(
          chat(
              turn("user", "question " + i),
              turn("assistant", "so it is"),
              turn(i % 2 == 0 ? "user" : "system", "thanks")));
    }
    rows.add(chat(turn("user", "question 9"), turn("assistant", "so it is")));
    rows.add("{");
    bench.write("in.jsonl", rows.toArray(String[]::new));
    String recipe = bench.path("recipe.yaml").toString();
    Finished finished = bench.inspect("--input=" + bench.path("in.jsonl"), "--recipeOut=" + recipe);
    assertThat(finished.err(), finished.code(), equalTo(ExitCode.SUCCEEDED));
    assertThat(
        inspected().recommended(),
        equalTo(Map.of("examples", "\"each-answer\"", "maxRejected", "0.091")));
    assertThat(bench.prepare("--recipe=" + recipe).code(), equalTo(ExitCode.SUCCEEDED));
    assertThat(bench.examples().size(), equalTo(10));
    assertThat(
        bench.inspectAnswering("n\nn\n", "--input=" + bench.path("in.jsonl")).code(),
        equalTo(ExitCode.TOO_MANY_REJECTED));
  }

  private static String turn(String role, String content) {
    return "{\"role\":\"%s\",\"content\":\"%s\"}".formatted(role, content);
  }

  @Test
  void aFieldThatChangesItsTypeAndFieldsThatAreNotUsedAreTold() throws IOException {
    bench.write(
        "in.jsonl",
        "{\"question\":\"a\",\"answer\":\"b\",\"id\":1,\"tag\":\"x\"}",
        "{\"question\":\"c\",\"answer\":2,\"id\":2,\"tag\":[\"x\"]}",
        "{\"question\":\"d\",\"answer\":\"e\",\"id\":3,\"tag\":null}");
    Finished finished = bench.inspect("--input=" + bench.path("in.jsonl"));
    assertThat(finished.err(), finished.code(), equalTo(ExitCode.SUCCEEDED));
    assertThat(inspected().places("mixed-types"), equalTo(List.of(2, 2)));
    assertThat(inspected().details("unused-fields"), equalTo(List.of("id", "tag")));
    assertThat(
        bench.inspection().get("fields").toString(),
        equalTo(
            "[{\"name\":\"question\",\"types\":{\"text\":3},\"filled\":3,\"examples\":[\"a\",\"c\",\"d\"]},"
                + "{\"name\":\"answer\",\"types\":{\"number\":1,\"text\":2},\"filled\":3,\"examples\":[\"b\",\"2\",\"e\"]},"
                + "{\"name\":\"id\",\"types\":{\"number\":3},\"filled\":3,\"examples\":[\"1\",\"2\",\"3\"]},"
                + "{\"name\":\"tag\",\"types\":{\"list\":1,\"null\":1,\"text\":1},\"filled\":2,\"examples\":[\"x\",\"[\\\"x\\\"]\"]}]"));
  }

  @Test
  void freeTextInAFieldNamedForClassesIsNoClassification() throws IOException {
    bench.write(
        "in.jsonl",
        IntStream.rangeClosed(0, 10_000)
            .mapToObj(
                i -> String.format(Locale.ROOT, "{\"text\":\"t %s\",\"topic\":\"topic %s\"}", i, i))
            .toArray(String[]::new));
    Finished finished =
        bench.inspect(
            "--input=" + bench.path("in.jsonl"), "--recipeOut=" + bench.path("recipe.yaml"));
    assertThat(finished.err(), finished.code(), equalTo(ExitCode.SUCCEEDED));
    assertThat(inspected().kind(), equalTo("generation"));
    assertThat(inspected().findings().get("too-many-classes"), equalTo(10_001L));
    assertThat(inspected().recommended(), equalTo(Map.of("task", "\"generation\"")));
    assertPreparedAsInspected(bench.path("recipe.yaml").toString());
  }

  @Test
  void aFileThatBreaksOffEndsAsPrepareDoes() throws IOException {
    bench.write("in.json", "[{\"prompt\":\"a\",\"completion\":\"b\"}, {\"prompt\":");
    Finished finished = bench.inspect("--input=" + bench.path("in.json"));
    assertThat(finished.code(), equalTo(ExitCode.FAILED));
    assertThat(inspected().findings().get("unreadable_file"), equalTo(1L));
  }

  @Test
  void filesOfSeveralKindsAreEachReadAsWhatTheyAre() throws IOException {
    bench.write("a.jsonl", "{\"prompt\":\"a\",\"completion\":\"b\"}");
    bench.write(
        "b.jsonl",
        chat(
            "{\"role\":\"user\",\"content\":\"a\"}", "{\"role\":\"assistant\",\"content\":\"c\"}"));
    bench.write("c.csv", "prompt,completion");
    Finished finished = bench.inspect("--input=" + bench.path("*.*"));
    assertThat(finished.err(), finished.code(), equalTo(ExitCode.SUCCEEDED));
    assertThat(
        inspected().findings(),
        equalTo(Map.of("conflicts", 1L, "empty-file", 0L, "mixed-files", 2L, "too-few", 2L)));
  }

  @Test
  void rowsOfOtherFieldsAreToldWithTheFieldsToChooseFrom() throws IOException {
    bench.write("in.csv", "Body,Queue", "a text,sales", "another text,billing");
    Finished finished = bench.inspect("--input=" + bench.path("in.csv"));
    assertThat(finished.code(), equalTo(ExitCode.TOO_MANY_REJECTED));
    assertThat(
        finished.err(),
        equalTo(
            """
            tunebeam: 2 of 2 rows would be rejected, more than maxRejected (0.05) allows
              the rows have the fields Body, Queue; choose prompt and completion, for example
                --prompt='{{Body}}' --completion='{{Queue}}'
            """));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--nothing=1 | tunebeam: unknown flag --nothing; ./tunebeam inspect --help lists them",
        "--jsno=x | tunebeam: unknown flag --jsno; did you mean --json?",
        "--json=x | tunebeam: no input: give --input=FILES or a recipe that has input",
        "--yes=perhaps | tunebeam: --yes must be true or false, not \"perhaps\""
      })
  void wrongUseIsSaidInOneLine(String flag, String message) {
    Finished finished = bench.run("inspect", flag);
    assertThat(finished.code(), equalTo(ExitCode.WRONG_USE));
    assertThat(finished.err(), equalTo(message + "\n"));
  }

  @Test
  void flagsOfInspectAreNoneOfPrepare() {
    bench.run("inspect", "--input=none.csv");
    assertThat(
        bench.run("prepare", "--input=none.csv", "--dryRun", "--yes").err(),
        containsString("tunebeam: unknown flag --yes"));
  }

  @Test
  void jsonOnStdoutIsThatOfTheFileOnOneLineAndTheReportIsOnStderr() throws IOException {
    bench.write(
        "rows.jsonl", pairs(30, i -> "question " + i, i -> "answer " + i).toArray(String[]::new));
    String input = "--input=" + bench.path("rows.jsonl");
    Finished inFile = bench.inspect(input);
    Finished onStdout = bench.run("inspect", input, "--json");
    JsonNode printed = new ObjectMapper().readTree(onStdout.out());

    assertThat(onStdout.out().lines().count(), equalTo(1L));
    assertThat(onStdout.err(), equalTo(inFile.out()));
    assertThat(((ObjectNode) printed).remove("exitCode").asInt(), equalTo(0));
    assertThat(
        printed.toString().replace("BENCH", bench.path("").toString().replaceFirst("/$", "")),
        equalTo(bench.inspection().toString()));
  }

  private static List<String> pairs(
      int count, IntFunction<String> prompt, IntFunction<String> answer) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                "{\"prompt\":\"%s\",\"completion\":\"%s\"}"
                    .formatted(prompt.apply(i), answer.apply(i)))
        .toList();
  }

  private Inspected recommendedFor(List<String> rows, String... flags) throws IOException {
    bench.write("in.jsonl", rows.toArray(String[]::new));
    List<String> all =
        new ArrayList<>(List.of("--input=" + bench.path("in.jsonl"), "--format=completion"));
    all.addAll(List.of(flags));
    bench.inspect(all.toArray(String[]::new));
    return inspected();
  }

  @Test
  void labelsThatEndLikeAStopSequenceAreNotTakenForOne() throws IOException {
    List<String> stars = List.of("***", "****", "*****");
    assertThat(
        recommendedFor(pairs(5, i -> "text " + i, i -> stars.get(i % 3))).recommended(),
        equalTo(Map.of()));
  }

  @Test
  void longLabelsStayWholeToo() throws IOException {
    List<String> words = List.of("billing", "returns", "technical questions");
    assertThat(
        recommendedFor(
                pairs(
                    60,
                    i -> i + " is the text",
                    i ->
                        "This ticket of the customer belongs to the department of %s, which answers within two working days"
                            .formatted(words.get(i % 3))))
            .recommended(),
        equalTo(Map.of()));
  }

  @Test
  void whatASectionOfATemplateWritesIsNotCut() throws IOException {
    List<String> rows = pairs(20, i -> i + " is it", i -> i + " it is");
    assertThat(
        recommendedFor(rows, "--prompt={{#prompt}}Subject of the mail: {{prompt}}{{/prompt}}")
            .recommended(),
        equalTo(Map.of()));
    assertThat(
        recommendedFor(rows, "--prompt={{prompt}}{{^no}}, please answer in one sentence{{/no}}")
            .recommended(),
        equalTo(Map.of()));
    assertThat(
        recommendedFor(
                pairs(20, i -> "Subject of the mail: " + i, i -> i + " it is"),
                "--prompt={{prompt}}")
            .recommended(),
        equalTo(Map.of("cut", "{\"promptPrefix\":\"Subject of the mail: \"}")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "请把下面这段文字（中文原文：第%s句话的内容）翻译成英文",
        "【客服中心】请回答下面客户提出的问题：第%s个",
        "**Please answer the question: number %s** now",
        "Translate the sentence: 'I have %s' into French",
        "Translate the sentence: ‘I have %s’ into French"
      })
  void noHalfOfAPairIsCut(String prompt) throws IOException {
    assertThat(
        recommendedFor(pairs(20, prompt::formatted, i -> i + " it is")).recommended(),
        equalTo(Map.of()));
  }

  @Test
  void anApostropheIsNoQuote() throws IOException {
    assertThat(
        recommendedFor(
                pairs(20, i -> "Réponds à la question d'aujourd’hui : " + i, i -> i + " oui"))
            .recommended(),
        equalTo(Map.of("cut", "{\"promptPrefix\":\"Réponds à la question d'aujourd’hui : \"}")));
  }

  @Test
  void conversationsAreOnlyCutWhereAllTurnsAllow() throws IOException {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      rows.add(
          chat(
              turn("user", i == 9 ? "Dear support, " : "Dear support, hello " + i),
              turn("assistant", "Hello"),
              turn("user", "Dear support, it is " + i),
              turn("assistant", i + " it is, then")));
    }
    bench.write("in.jsonl", rows.toArray(String[]::new));
    String input = "--input=" + bench.path("in.jsonl");
    bench.inspect(input);
    assertThat(inspected().recommended(), equalTo(Map.of()));
    rows.set(9, rows.get(8).replace("8", "nine"));
    bench.write("in.jsonl", rows.toArray(String[]::new));
    String recipe = bench.path("recipe.yaml").toString();
    bench.inspect(input, "--recipeOut=" + recipe);
    assertThat(
        inspected().recommended(), equalTo(Map.of("cut", "{\"promptPrefix\":\"Dear support, \"}")));
    assertPreparedAsInspected(recipe);
  }

  @Test
  void separatorsAtTheEndOfMessagesAreKnownByTheirLineEnds() throws IOException {
    bench.write(
        "in.jsonl",
        IntStream.range(0, 20)
            .mapToObj(
                i -> chat(turn("user", i + "\\n\\n===\\n\\n"), turn("assistant", i + " it is")))
            .toArray(String[]::new));
    String input = "--input=" + bench.path("in.jsonl");
    bench.inspect(input, "--format=completion");
    assertThat(inspected().recommended(), equalTo(Map.of("separator", "\"\\n\\n===\\n\\n\"")));
  }

  @Test
  void earlierTurnsBelongToThePromptAndTheSeparatorIsInNoneOfThem() throws IOException {
    bench.write(
        "in.jsonl",
        IntStream.range(0, 20)
            .mapToObj(
                i ->
                    chat(
                        turn("user", "q " + i),
                        turn("assistant", "a\\n\\n###\\n\\nb " + i),
                        turn("user", "r\\n\\n===\\n\\n" + i),
                        turn("assistant", "so " + i)))
            .toArray(String[]::new));
    String recipe = bench.path("recipe.yaml").toString();
    bench.inspect(
        "--input=" + bench.path("in.jsonl"),
        "--format=completion",
        "--examples=each-answer",
        "--recipeOut=" + recipe);
    assertThat(inspected().findings().get("separator-in-text"), equalTo(20L));
    assertThat(inspected().recommended(), equalTo(Map.of("separator", "\"\\n\\n---\\n\\n\"")));
    bench.prepare(
        "--input=" + bench.path("in.jsonl"), "--format=completion", "--examples=each-answer");
    for (String example : bench.examples()) {
      assertThat(
          example.substring(0, example.indexOf("completion")).split("###", -1).length, equalTo(2));
    }
  }

  @Test
  void theListIsWhatTheRecipeWouldBe() throws IOException {
    bench.write(
        "in.jsonl",
        pairs(
                20,
                i -> String.format(Locale.ROOT, "the tweet %s ->", i),
                i -> String.format(Locale.ROOT, "a text, %s END", i))
            .toArray(String[]::new));
    String input = "--input=" + bench.path("in.jsonl");
    bench.inspect(input);
    JsonNode listed = bench.inspection();
    bench.inspect(input, "--recipeOut=" + bench.path("recipe.yaml"));
    assertThat(bench.inspection(), equalTo(listed));
    assertThat(inspected().recommended().keySet(), equalTo(Set.of("cut")));
  }

  @Test
  void whereCopiesStayAllRowsOfALosingAnswerAreLost() throws IOException {
    List<String> rows =
        new ArrayList<>(pairs(30, i -> "text " + i, i -> i % 2 == 0 ? "yes" : "no"));
    for (String answer : List.of("yes", "no", "no", "yes", "no")) {
      rows.addAll(pairs(1, i -> "the same", i -> answer));
    }
    String recipe = bench.path("recipe.yaml").toString();
    Inspected found = recommendedFor(rows, "--dedupBy=none", "--recipeOut=" + recipe);
    assertThat(
        found.recommended(), equalTo(Map.of("conflicts", "\"majority\"", "maxRejected", "0.0572")));
    Finished prepared = bench.prepare("--recipe=" + recipe);
    assertThat(prepared.err(), prepared.code(), equalTo(ExitCode.SUCCEEDED));
    assertThat(bench.manifest().at("/rows/rejected/total").asInt(), equalTo(2));
  }

  @Test
  void controlsInWhatIsCutReachNeitherTheTerminalNorTheRecipeRaw() throws IOException {
    bench.write(
        "in.jsonl",
        pairs(20, i -> "all \u009b31m of them \u2028 begin\u202e so: " + i, i -> i + " it is")
            .toArray(String[]::new));
    String recipe = bench.path("recipe.yaml").toString();
    Finished finished =
        bench.inspect(
            "--input=" + bench.path("in.jsonl"), "--format=completion", "--recipeOut=" + recipe);
    String all = finished.out() + bench.files("").get("recipe.yaml");
    assertThat(all.chars().filter(c -> "\u009b\u2028\u202e".indexOf(c) >= 0).count(), equalTo(0L));
    Finished prepared = bench.prepare("--recipe=" + recipe);
    assertThat(prepared.err(), prepared.code(), equalTo(ExitCode.SUCCEEDED));
    assertThat(bench.examples().get(0), containsString("\"prompt\":\"0\\n\\n###"));
  }

  @Test
  void aRecommendationOfManyWordsIsShownCut() throws IOException {
    String words = "and so on and on ".repeat(40);
    bench.write("in.jsonl", pairs(20, i -> words + i, i -> i + " it is").toArray(String[]::new));
    Finished finished = bench.inspect("--input=" + bench.path("in.jsonl"), "--format=completion");
    assertThat(
        finished.out(),
        containsString(" cut: {\"promptPrefix\":\"" + words.substring(0, 75) + "…\n"));
    assertThat(
        bench.inspection().at("/recommendations/0/settings/cut/promptPrefix").asText(),
        equalTo(words));
  }

  @Test
  void noFileOfTheInputIsOverwritten() throws IOException {
    bench.write("in.jsonl", "{\"prompt\":\"a\",\"completion\":\"b\"}");
    String file = bench.path("in.jsonl").toString();
    Finished finished = bench.inspect("--input=" + file, "--recipeOut=" + file);
    assertThat(finished.code(), equalTo(ExitCode.WRONG_USE));
    assertThat(
        finished.err(),
        equalTo("tunebeam: --recipeOut=BENCH/in.jsonl is a file of the input; name another one\n"));
    assertThat(
        Files.readString(bench.path("in.jsonl")),
        equalTo("{\"prompt\":\"a\",\"completion\":\"b\"}\n"));
  }

  @Test
  void aLinkToAFileOfTheInputIsNotWrittenThroughAndAFolderIsNoFile() throws IOException {
    bench.write("in.jsonl", "{\"prompt\":\"a\",\"completion\":\"b\"}");
    String file = bench.path("in.jsonl").toString();
    Files.createSymbolicLink(bench.path("link.json"), bench.path("in.jsonl"));
    assertThat(
        bench.inspect("--input=" + file, "--recipeOut=" + bench.path("link.json")).err(),
        equalTo(
            "tunebeam: --recipeOut=BENCH/link.json is a file of the input; name another one\n"));
    assertThat(
        Files.readString(bench.path("in.jsonl")),
        equalTo("{\"prompt\":\"a\",\"completion\":\"b\"}\n"));
    assertThat(
        bench.inspect("--input=" + file, "--recipeOut=" + bench.path("new") + "/").err(),
        equalTo("tunebeam: --recipeOut=BENCH/new/ is a folder; name a file in it\n"));
  }

  @Test
  void endsAreNotOfferedToBeCutAsTheyAreInLowerCase() throws IOException {
    bench.write(
        "in.jsonl",
        pairs(20, i -> "HELLO TO EVERYBODY: " + i, i -> i + " it is").toArray(String[]::new));
    String input = "--input=" + bench.path("in.jsonl");
    bench.inspect(input, "--format=completion", "--lowerCase=completion");
    assertThat(
        bench.inspection().at("/recommendations/0/settings").toString(),
        equalTo("{\"cut\":{\"promptPrefix\":\"HELLO TO EVERYBODY: \"}}"));
    bench.inspect(input, "--format=completion", "--lowerCase=prompt");
    assertThat(bench.inspection().get("recommendations").toString(), equalTo("[]"));
  }
}
