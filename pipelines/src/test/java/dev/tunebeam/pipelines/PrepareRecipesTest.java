package dev.tunebeam.pipelines;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.pipelines.Workbench.Finished;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the settings of a recipe make of rows. */
class PrepareRecipesTest {

  private final Workbench bench;

  PrepareRecipesTest(@TempDir Path folder) {
    bench = new Workbench(folder);
  }

  @Test
  void promptAndCompletionColumnsNeedNoRecipe() throws IOException {
    bench.write("in.csv", "Id,PROMPT,Completion", "1,a,b", "2,c,d");
    bench.prepare("--input=" + bench.path("in.csv"), "--model=davinci-002");
    assertThat(bench.examples(), contains(completion("a", "b"), completion("c", "d")));
    assertThat(
        bench.manifest().get("inferred").toString(),
        equalTo(
            "{\"dialect\":\"prompt-completion: the rows have PROMPT and Completion; not used: Id\","
                + "\"format\":\"completion: the rows have no messages\","
                + "\"task\":\"generation: 2 distinct answers in 2 examples: too few to infer classes,"
                + " by the first rows\"}"));
  }

  @Test
  void numbersAsClassesAreAskedForWithAsManyTokensAsTellThemApart() throws IOException {
    bench.write("in.csv", "prompt,completion", "a,1", "b,2", "c,1", "d,2");
    prepareCompletion("in.csv", "--task=classification", "--validation=0.5");
    assertThat(bench.manifest().at("/inference/maxTokens").asInt(), equalTo(2));
    assertThat(
        bench.manifest().get("warnings").toString(),
        containsString(
            "some classes begin with the same token, so 2 are asked for at inference; with"
                + " leadingSpace: false one is enough"));
    prepareCompletion(
        "in.csv",
        "--task=classification",
        "--validation=0.5",
        "--leadingSpace=false",
        "--overwrite");
    assertThat(bench.manifest().at("/inference/maxTokens").asInt(), equalTo(1));
    assertThat(bench.manifest().get("warnings").toString(), not(containsString("the same token")));
  }

  @Test
  void namesThatBeginWithTheSameTokenNeedAStopSequence() throws IOException {
    bench.write("in.csv", "prompt,completion", "a,card_lost", "b,card_not_here", "c,yes");
    prepareCompletion("in.csv", "--task=classification");
    assertThat(bench.manifest().at("/inference/maxTokens").asInt(), equalTo(3));
    assertThat(
        bench.manifest().get("warnings").toString(),
        containsString("set stop, so that shorter ones end, or give them names that begin in"));
    prepareCompletion("in.csv", "--task=classification", "--stop= END", "--overwrite");
    assertThat(
        bench.manifest().get("warnings").toString(),
        containsString("so 3 are asked for at inference; give them names that begin in"));
  }

  @Test
  void theSectionLaunchGoesIntoTheManifestAndChangesNoByteOfTheDataset() throws IOException {
    bench.write("in.csv", "prompt,completion", "a,b", "c,d");
    bench.write("plain.yaml", "input: in.csv");
    bench.write("recipe.yaml", "input: in.csv", "launch: {provider: openai, budget: 2.5}");
    assertThat(bench.prepare("--recipe=" + bench.path("plain.yaml")).err(), equalTo(""));
    String digest = bench.manifest().get("digest").asText();
    assertThat(
        bench.prepare("--recipe=" + bench.path("recipe.yaml"), "--overwrite").err(), equalTo(""));
    assertThat(bench.manifest().get("digest").asText(), equalTo(digest));
    assertThat(
        bench.manifest().at("/recipe/launch").toString(),
        equalTo("{\"budget\":2.5,\"provider\":\"openai\"}"));
  }

  @Test
  void whatIsLaunchedIsCountedAndPricedWhereTheRecipeSaysNothingElse() throws IOException {
    bench.write("in.csv", "prompt,completion", "a,b", "c,d");
    bench.write(
        "recipe.yaml",
        "input: in.csv",
        "launch: {provider: azure, model: gpt-4o-mini-2024-07-18, epochs: 2}");
    assertThat(bench.prepare("--recipe=" + bench.path("recipe.yaml")).err(), equalTo(""));
    assertThat(bench.manifest().at("/cost/provider").asText(), equalTo("azure"));
    assertThat(bench.manifest().at("/cost/model").asText(), equalTo("gpt-4o-mini-2024-07-18"));
    assertThat(bench.manifest().at("/cost/epochs").asInt(), equalTo(2));
  }

  @Test
  void aModelToLaunchThatNobodyKnowsNeedsOneToCountFor() throws IOException {
    bench.write("in.csv", "prompt,completion", "a,b");
    bench.write(
        "recipe.yaml", "input: in.csv", "launch: {provider: together, model: acme/some-8b}");
    Finished refused = bench.prepare("--recipe=" + bench.path("recipe.yaml"));
    assertThat(refused.code(), equalTo(ExitCode.WRONG_USE));
    assertThat(
        refused.err(),
        equalTo(
            "tunebeam: launch.model: unknown model 'together/acme/some-8b'; see"
                + " docs/tokens-and-price.md; --prices=FILE adds one. Or set the"
                + " key model to the one to count and price for.\n"));
  }

  @Test
  void freeTextThatIsTakenForClassesIsRefused() throws IOException {
    bench.write(
        "in.jsonl",
        IntStream.range(0, 10_002)
            .mapToObj("{\"prompt\":\"q\",\"completion\":\"answer %s\"}"::formatted)
            .toArray(String[]::new));
    Finished refused = bench.prepare("--input=" + bench.path("in.jsonl"), "--task=classification");
    assertThat(
        refused.sinceTheJob(),
        equalTo(
            new Finished(
                ExitCode.WRONG_USE,
                "",
                "tunebeam: more than 10,000 distinct classes, or names as long as texts, so this is free text; set task: generation,"
                    + " or map.class to a field with few values; nothing was published\n")));
    assertThat(bench.files("out").keySet(), equalTo(Set.of()));
  }

  @Test
  void aPromptOfTheRowStandsInForOneThatIsNotMapped() throws IOException {
    bench.write(
        "in.jsonl", "{\"prompt\":\"a\",\"answer\":\"b\"}", "{\"prompt\":\"c\",\"answer\":\"d\"}");
    prepareCompletion("in.jsonl", "--completion={{answer}}");
    assertThat(bench.examples(), contains(completion("a", "b"), completion("c", "d")));
    assertThat(bench.manifest().at("/recipe/task").asText(), equalTo("generation"));
    bench.write("in.jsonl", "{\"prompt\":null,\"answer\":\"b\"}", "{\"answer\":\"d\"}");
    prepareCompletion("in.jsonl", "--completion={{answer}}", "--overwrite");
    assertThat(bench.manifest().at("/recipe/task").asText(), equalTo("open-ended"));
    assertThat(bench.examples().get(0), equalTo("{\"prompt\":\"\",\"completion\":\" b END\"}"));
  }

  @Test
  void messagesNeedNoRecipeAndStayAsTheyAre() throws IOException {
    String talk =
        "{\"messages\":[{\"role\":\"system\",\"content\":\"s\"},"
            + "{\"role\":\"user\",\"content\":\"a\",\"name\":\"n\"},"
            + "{\"role\":\"assistant\",\"content\":\"b\",\"weight\":0},"
            + "{\"role\":\"user\",\"content\":\"c\"},{\"role\":\"assistant\",\"content\":\"d\"}]}";
    String tools =
        "{\"messages\":[{\"role\":\"user\",\"content\":\"what is the weather?\"},"
            + "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"1\","
            + "\"type\":\"function\",\"function\":{\"name\":\"w\",\"arguments\":\"{}\"}}]}],"
            + "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"w\"}}]}";
    bench.write("in.jsonl", talk, tools);
    prepare("in.jsonl");
    assertThat(bench.rejections(), equalTo(List.of()));
    assertThat(
        bench.examples().stream().sorted().toList(),
        equalTo(List.of(talk, tools).stream().sorted().toList()));
    assertThat(bench.manifest().get("format").asText(), equalTo("chat"));
    assertThat(
        bench.manifest().get("inference").toString(),
        equalTo("{\"separator\":\"\",\"stop\":\"\",\"leadingSpace\":false,\"maxTokens\":null}"));
  }

  @Test
  void aPairBecomesChatWithTheSystemMessageOfTheRecipe() throws IOException {
    bench.write("in.csv", "prompt,completion", "a,b");
    prepare(
        "in.csv",
        "--format=chat",
        "--prompt={{prompt}}",
        "--completion={{completion}}",
        "--system=Be brief.");
    assertThat(
        bench.examples(),
        contains(
            "{\"messages\":[{\"role\":\"system\",\"content\":\"Be brief.\"},"
                + "{\"role\":\"user\",\"content\":\"a\"},"
                + "{\"role\":\"assistant\",\"content\":\"b\"}]}"));
  }

  @Test
  void oneQuestionAndOneAnswerBecomeAPairAndMoreIsRejected() throws IOException {
    bench.write(
        "in.jsonl",
        "{\"messages\":[{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"assistant\",\"content\":\"b\"}]}",
        "{\"messages\":[{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"assistant\",\"content\":\"b\"},"
            + "{\"role\":\"user\",\"content\":\"c\"},{\"role\":\"assistant\",\"content\":\"d\"}]}");
    prepare("in.jsonl", "--format=completion", "--maxRejected=0.5");
    assertThat(bench.examples(), contains(completion("a", "b")));
    assertThat(
        bench.rejections().stream().map(r -> r.position() + " " + r.reason()).toList(),
        contains("2 does_not_fit_format"));
  }

  @Test
  void classificationHasNoStopSequenceAndAsksForOneToken() throws IOException {
    bench.write("in.csv", "prompt,completion", "a,yes", "b,no");
    prepareCompletion("in.csv", "--task=classification");
    assertThat(
        bench.examples(),
        contains(
            "{\"prompt\":\"a\\n\\n###\\n\\n\",\"completion\":\" yes\"}",
            "{\"prompt\":\"b\\n\\n###\\n\\n\",\"completion\":\" no\"}"));
    assertThat(
        bench.manifest().get("inference").toString(),
        equalTo(
            "{\"separator\":\"\\n\\n###\\n\\n\",\"stop\":\"\",\"leadingSpace\":true,"
                + "\"maxTokens\":1}"));
    assertThat(bench.manifest().get("classes").size(), equalTo(2));
  }

  @Test
  void delimitersOfTheUserAreUsedWithTheirLineBreaks() throws IOException {
    bench.write("in.csv", "prompt,completion", "a,b");
    prepare("in.csv", "--separator=\\n->\\n", "--stop=\\n", "--leadingSpace=false");
    assertThat(bench.examples(), contains("{\"prompt\":\"a\\n->\\n\",\"completion\":\"b\\n\"}"));
    assertThat(
        bench.manifest().get("inference").toString(),
        equalTo(
            "{\"separator\":\"\\n->\\n\",\"stop\":\"\\n\",\"leadingSpace\":false,"
                + "\"maxTokens\":null}"));
  }

  @Test
  void aDelimiterWithinATextIsTakenOutOrRejected() throws IOException {
    bench.write("in.csv", "prompt,completion", "a -> b,c STOP d", "e,f");
    prepare("in.csv", "--separator= -> ", "--stop= STOP");
    assertThat(bench.manifest().get("cleaned").asInt(), equalTo(1));
    for (String example : bench.examples()) {
      assertThat(example, not(containsString("-> b")));
      assertThat(example, not(containsString("STOP d")));
    }
    prepare(
        "in.csv",
        "--separator= -> ",
        "--stop= STOP",
        "--delimiterInText=reject",
        "--maxRejected=0.5",
        "--overwrite");
    assertThat(
        bench.rejections().stream().map(r -> r.reason() + " " + r.message()).toList(),
        contains(
            "delimiter_in_text the prompt holds the separator \" -> \" at character 2; choose"
                + " another separator or set delimiterInText: clean"));
  }

  @Test
  void whatIsTooLongIsRejectedOrItsPromptCut() throws IOException {
    String words = String.join(" ", IntStream.range(0, 50).mapToObj(i -> "w" + i).toList());
    bench.write("in.jsonl", pair(words, "long"), pair("short", "b"));
    prepareCompletion("in.jsonl", "--maxTokens=40", "--maxRejected=0.5");
    assertThat(bench.examples(), contains(completion("short", "b")));
    assertThat(
        bench.rejections().stream()
            .map(r -> r.step() + " " + r.reason() + " " + r.message())
            .toList(),
        contains(
            "count too_long 104 tokens, the limit is 40; cut the text or set tooLong:"
                + " truncate-right"));

    prepareCompletion("in.jsonl", "--maxTokens=40", "--tooLong=truncate-right", "--overwrite");
    assertThat(cutPrompt().startsWith("w0 w1 "), equalTo(true));
    assertThat(words.startsWith(cutPrompt()), equalTo(true));
    assertThat(bench.manifest().at("/tokens/perExample/max").asInt() <= 40, equalTo(true));
    assertThat(
        bench.manifest().get("warnings").toString(),
        containsString("\"1 example had its prompt cut to 40 tokens\""));

    prepareCompletion("in.jsonl", "--maxTokens=40", "--tooLong=truncate-left", "--overwrite");
    assertThat(words.endsWith(cutPrompt()), equalTo(true));
  }

  private String cutPrompt() throws IOException {
    return bench.examples().stream()
        .filter(example -> example.contains(" long END"))
        .map(example -> example.replaceAll("\\{\"prompt\":\"(.*?)\\\\n.*", "$1"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void conflictsAreKeptRejectedOrDecidedByTheMajority() throws IOException {
    List<String> rows = new ArrayList<>();
    IntStream.range(0, 20).forEach(i -> rows.add(pair("question " + i, "answer")));
    rows.addAll(List.of(pair("q", "a"), pair("q", "b"), pair("q", "b")));
    bench.write("in.jsonl", rows.toArray(String[]::new));
    prepareCompletion("in.jsonl", "--task=generation", "--maxRejected=0.5");
    assertThat(funnel(), equalTo(List.of(23, 0, 1, 22)));
    assertThat(bench.manifest().get("conflicts").asInt(), equalTo(1));
    prepareCompletion(
        "in.jsonl", "--task=generation", "--maxRejected=0.5", "--conflicts=reject", "--overwrite");
    assertThat(funnel(), equalTo(List.of(23, 2, 1, 20)));
    prepareCompletion(
        "in.jsonl",
        "--task=generation",
        "--maxRejected=0.5",
        "--conflicts=majority",
        "--overwrite");
    assertThat(funnel(), equalTo(List.of(23, 1, 1, 21)));
    assertThat(bench.examples(), hasItem(completion("q", "b")));
    prepareCompletion("in.jsonl", "--task=generation", "--dedupBy=prompt", "--overwrite");
    assertThat(funnel(), equalTo(List.of(23, 0, 2, 21)));
    assertThat(bench.examples(), hasItem(completion("q", "a")));
    prepareCompletion("in.jsonl", "--task=generation", "--dedupBy=none", "--overwrite");
    assertThat(funnel(), equalTo(List.of(23, 0, 0, 23)));
  }

  @Test
  void duplicatesDifferInFormAlone() throws IOException {
    bench.write(
        "in.jsonl",
        pair("caf\u00e9\\nb ", "x"),
        pair("cafe\u0301\\r\\nb", " x"),
        pair("caf\u00e9 b", "x"));
    prepare("in.jsonl");
    assertThat(funnel(), equalTo(List.of(3, 0, 1, 2)));
  }

  @Test
  void noValidationMeansNoValidationFile() throws IOException {
    bench.write("in.jsonl", pair("a", "b"), pair("c", "d"));
    prepare("in.jsonl", "--validation=0");
    assertThat(bench.lines("train-").size(), equalTo(2));
    assertThat(bench.files("out").containsKey("validation-00000-of-00001.jsonl"), equalTo(false));
    assertThat(bench.manifest().get("warnings").toString(), not(containsString("validation")));
  }

  @Test
  void anotherSeedSplitsOtherwiseAndTheSameOneTheSame() throws IOException {
    bench.write(
        "in.jsonl",
        IntStream.range(0, 200).mapToObj(i -> pair("q" + i, "a" + i)).toArray(String[]::new));
    prepare("in.jsonl");
    String first = bench.manifest().get("digest").asText();
    prepare("in.jsonl", "--overwrite", "--seed=42");
    assertThat(bench.manifest().get("digest").asText(), equalTo(first));
    prepare("in.jsonl", "--overwrite", "--seed=43");
    assertThat(bench.manifest().get("digest").asText(), not(equalTo(first)));
  }

  @Test
  void pricesOfTheUserCount() throws IOException {
    bench.write(
        "in.jsonl",
        IntStream.range(0, 100).mapToObj(i -> pair("q" + i, "a")).toArray(String[]::new));
    bench.write(
        "prices.yaml",
        "models:",
        "  - id: gpt-4o-mini-2024-07-18",
        "    training: 1000",
        "    pricesAsOf: 2026-12-01");
    prepare(
        "in.jsonl",
        "--model=gpt-4o-mini",
        "--format=chat",
        "--epochs=2",
        "--validation=0",
        "--prices=" + bench.path("prices.yaml"));
    JsonNode cost = bench.manifest().get("cost");
    long tokens = bench.manifest().at("/tokens/train").asLong();
    assertThat(cost.get("billedTokens").asLong(), equalTo(2 * tokens));
    assertThat(cost.get("usd").decimalValue().doubleValue(), equalTo(2 * tokens / 1000.0));
    assertThat(cost.get("pricesAsOf").asText(), equalTo("2026-12-01"));
    assertThat(cost.get("model").asText(), equalTo("gpt-4o-mini-2024-07-18"));
  }

  @Test
  void aModelPastItsLastDayIsPricedAndItsEndIsSaidAtTheTop() throws IOException {
    bench.write("in.jsonl", pair("a", "b"));
    Finished finished = prepare("in.jsonl", "--model=davinci-002");
    assertThat(
        finished.out(),
        containsString("\n  davinci-002 (openai): training ended on 2026-09-27\n\nRows\n"));
    assertThat(bench.manifest().at("/cost/usd").isNumber(), equalTo(true));
    assertThat(bench.manifest().at("/tokens/encoding").asText(), equalTo("cl100k_base"));
  }

  @Test
  void theManifestHoldsARecipeThatMakesTheSameDataset() throws IOException {
    bench.write("in.csv", "text,label", "a,x", "b,y", "c,x");
    prepare("in.csv", "--prompt={{text}}", "--completion={{label}}", "--task=classification");
    bench.write("again.yaml", bench.manifest().get("recipe").toString());
    bench.run("prepare", "--recipe=" + bench.path("again.yaml"), "--output=" + bench.path("again"));
    SortedMap<String, String> again = bench.files("again");
    SortedMap<String, String> out = bench.files("out");
    // What was inferred is written in the second recipe.
    again.remove("manifest.json");
    out.remove("manifest.json");
    assertThat(again, equalTo(out));
    assertThat(bench.manifest("again").get("recipe"), equalTo(bench.manifest().get("recipe")));
    assertThat(bench.manifest("again").get("inferred").toString(), equalTo("{}"));
  }

  @Test
  void theManifestHasEveryKeyThatItsReadersRelyOn() throws IOException {
    bench.write("in.csv", "prompt,completion", "a,x", "b,y", "c,x", "d,y", "e,");
    prepare("in.csv", "--task=classification", "--maxRejected=0.5");
    JsonNode manifest = bench.manifest();
    for (String key :
        List.of(
            "/format",
            "/digest",
            "/rows/read",
            "/rows/rejected/total",
            "/rows/rejected/byReason",
            "/rows/duplicates",
            "/rows/train",
            "/rows/validation",
            "/conflicts",
            "/classes/x/train",
            "/classes/x/validation",
            "/tokens/encoding",
            "/tokens/train",
            "/tokens/validation",
            "/tokens/perExample/min",
            "/tokens/perExample/p50",
            "/tokens/perExample/p95",
            "/tokens/perExample/max",
            "/cost/model",
            "/cost/epochs",
            "/cost/billedTokens",
            "/cost/usd",
            "/cost/pricesAsOf",
            "/shards/0/split",
            "/shards/0/file",
            "/shards/0/examples",
            "/shards/0/bytes",
            "/shards/0/sha256",
            "/inference/separator",
            "/inference/stop",
            "/recipe",
            "/version")) {
      assertThat(
          key, manifest.at(key).isMissingNode() || manifest.at(key).isNull(), equalTo(false));
    }
  }

  private Finished prepare(String input, String... flags) {
    List<String> all = new ArrayList<>(List.of("--input=" + bench.path(input)));
    all.addAll(List.of(flags));
    Finished finished = bench.prepare(all.toArray(String[]::new));
    assertThat(finished.err(), finished.code(), equalTo(ExitCode.SUCCEEDED));
    return finished;
  }

  private void prepareCompletion(String input, String... flags) {
    List<String> all = new ArrayList<>(List.of(flags));
    all.add("--format=completion");
    prepare(input, all.toArray(String[]::new));
  }

  /** Rows read, rejected, duplicate and written. */
  private List<Integer> funnel() throws IOException {
    JsonNode rows = bench.manifest().get("rows");
    assertThat(
        bench.examples().size(),
        equalTo(rows.get("train").asInt() + rows.get("validation").asInt()));
    return List.of(
        rows.get("read").asInt(),
        rows.at("/rejected/total").asInt(),
        rows.get("duplicates").asInt(),
        rows.get("train").asInt() + rows.get("validation").asInt());
  }

  private static String pair(String prompt, String completion) {
    return "{\"prompt\":\"%s\",\"completion\":\"%s\"}".formatted(prompt, completion);
  }

  private static String completion(String prompt, String completion) {
    return "{\"prompt\":\"%s\\n\\n###\\n\\n\",\"completion\":\" %s END\"}"
        .formatted(prompt, completion);
  }
}
