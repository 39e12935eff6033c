package dev.tunebeam.pipelines;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.pipelines.Workbench.Finished;
import dev.tunebeam.tokens.HuggingFaceTokenizer;
import dev.tunebeam.tokens.TokenCounter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.hamcrest.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Open models: counted with the tokenizer.json that the user has, or estimated. */
class OpenModelTest {

  private static final Path TOKENIZERS =
      Path.of("../tokens/src/test/resources/dev/tunebeam/tokens");
  private static final String LLAMA = "meta-llama/Llama-3.1-8B-Instruct";
  private static final String COUNTED = LLAMA + "@1928fdda8453";

  private final Workbench bench;
  private final byte[] tokenizer;

  OpenModelTest(@TempDir Path folder) throws IOException {
    bench = new Workbench(folder);
    try (var in =
        new GZIPInputStream(Files.newInputStream(TOKENIZERS.resolve("tokenizer-llama3.json.gz")))) {
      tokenizer = in.readAllBytes();
    }
    bench.write("data/tokenizer.json", tokenizer);
    bench.write(
        "data/in.jsonl",
        IntStream.range(0, 40)
            .mapToObj(
                i ->
                    String.format(
                            Locale.ROOT,
                            "{\"messages\":[{\"role\":\"user\",\"content\":\"Where is parcel %d?\"},",
                            i)
                        + "{\"role\":\"assistant\",\"content\":\"It's on its way.\"}]}")
            .toArray(String[]::new));
    bench.write(
        "data/recipe.yaml",
        "input: in.jsonl",
        "model: " + LLAMA,
        "tokenizer: tokenizer.json",
        "epochs: 3");
  }

  @Test
  void aTokenizerBesideTheRecipeCountsExactly() throws IOException {
    Finished finished = recipe();
    JsonNode manifest = bench.manifest();
    assertThat(manifest.at("/tokens/encoding").asText(), equalTo(COUNTED));
    assertThat(
        manifest.at("/tokens/train").asLong() + manifest.at("/tokens/validation").asLong(),
        equalTo(tokens()));
    assertThat(finished.out(), containsString("\nTokens (" + COUNTED + ")\n"));
    assertThat(manifest.get("warnings").toString(), equalTo("[]"));
    assertThat(manifest.at("/recipe/tokenizer").asText(), equalTo("tokenizer.json"));
  }

  @Test
  void whatIsCountedWithAModelsTokenizerIsShownWithoutATilde() throws IOException {
    String out = recipe("--verbose").out();
    assertThat(out, row(" >  together   Meta-Llama-3.1-8B-Instruct-… +0.38 +3 +[0-9,]+ "));
    assertThat(out, row("    fireworks  llama-v3p1-8b-instruct +0.50 +3 +[0-9,]+ "));
    assertThat(out, row("    fireworks  up-to-16b-lora +0.50 +3 +~[0-9,]+ "));
    assertThat(out, row("    openai     gpt-4.1-mini-2025-04-14 +5.00 +3 +~[0-9,]+ "));
    assertThat(out, not(containsString("qwen")));
  }

  @Test
  void validationIsBilledWhereTheProviderBillsIt() throws IOException {
    recipe();
    JsonNode manifest = bench.manifest();
    assertThat(manifest.at("/rows/validation").asLong(), equalTo(4L));
    assertThat(manifest.at("/cost/billedTokens").asLong(), equalTo(3 * tokens()));
    recipe("--model=fireworks/" + LLAMA, "--overwrite");
    manifest = bench.manifest();
    assertThat(
        manifest.at("/cost/billedTokens").asLong(),
        equalTo(3 * manifest.at("/tokens/train").asLong()));
  }

  @Test
  void aWorkerOfSparkCountsWithoutTheFile() throws IOException {
    recipe();
    SortedMap<String, String> direct = bench.files("out");
    recipe("--runner=SparkRunner", "--sparkMaster=local[2]", "--overwrite");
    assertThat(bench.files("out"), equalTo(direct));
  }

  @Test
  void withoutATokenizerTheTokensAreEstimatedAndTheReportSaysWhichToFetch() throws IOException {
    Finished finished =
        prepare("--input=" + bench.path("data/in.jsonl"), "--model=" + LLAMA, "--epochs=3");
    assertThat(bench.manifest().at("/tokens/encoding").asText(), equalTo("o200k_base"));
    assertThat(
        bench.manifest().get("warnings").get(0).asText(),
        equalTo(
            "the tokens of meta-llama/Meta-Llama-3.1-8B-Instruct-Reference are estimated with"
                + " o200k_base; they are counted exactly with --tokenizer=FILE, the tokenizer.json"
                + " of https://huggingface.co/meta-llama/Llama-3.1-8B-Instruct"));
    assertThat(finished.out(), containsString("\nTokens (estimated with o200k_base)\n"));
    assertThat(
        finished.out(), row(" >  together   Meta-Llama-3.1-8B-Instruct-… +0.38 +3 +~[0-9,]+ "));
    assertThat(finished.out(), not(containsString("up-to-16b ")));
  }

  @Test
  void anyOpenModelIsCountedByTheFileThatIsGivenForIt() throws IOException {
    Finished finished =
        prepare(
            "--input=" + bench.path("data/in.jsonl"),
            "--model=together/up-to-16b",
            "--tokenizer=" + bench.path("data/tokenizer.json"),
            "--epochs=3");
    assertThat(
        bench.manifest().at("/tokens/encoding").asText(), equalTo("tokenizer.json@1928fdda8453"));
    assertThat(finished.out(), row(" >  together   up-to-16b +0.38 +3 +[0-9,]+ "));
  }

  @Test
  void aTokenizerForAModelWithAnEncodingIsNotUsed() throws IOException {
    recipe("--model=gpt-4.1-mini");
    assertThat(bench.manifest().at("/tokens/encoding").asText(), equalTo("o200k_base"));
    assertThat(
        bench.manifest().get("warnings").toString(),
        equalTo("[\"the tokenizer is not used: gpt-4.1-mini-2025-04-14 counts with o200k_base\"]"));
  }

  @Test
  void aTokenizerThatCannotBeCountedWithIsWrongUse() throws IOException {
    bench.write(
        "data/tokenizer.json", "{\"model\":{\"type\":\"Unigram\",\"vocab\":[],\"unk_id\":0}}");
    assertRefused(
        "BENCH/data/tokenizer.json cannot be counted with: pre_tokenizer does not end with"
            + " ByteLevel. Byte-level BPE can (Llama 3, Qwen, gpt-oss, Mistral from Nemo on).");
    bench.write("data/tokenizer.json", "version https://git-lfs.github.com/spec/v1");
    assertRefused(
        "BENCH/data/tokenizer.json is not JSON: Unrecognized token 'version': was expecting (JSON"
            + " String, Number, Array, Object or token 'null', 'true' or 'false')");
    Files.delete(bench.path("data/tokenizer.json"));
    assertRefused("cannot read BENCH/data/tokenizer.json (No such file or directory)");
    Files.createDirectory(bench.path("data/tokenizer.json"));
    assertRefused("cannot read BENCH/data/tokenizer.json (Is a directory)");
  }

  private void assertRefused(String message) {
    assertThat(
        bench.prepare("--recipe=" + bench.path("data/recipe.yaml")),
        equalTo(new Finished(ExitCode.WRONG_USE, "", "tunebeam: --tokenizer: " + message + "\n")));
  }

  /** By hand, after the template of the model. */
  private long tokens() throws IOException {
    TokenCounter counter =
        HuggingFaceTokenizer.read(new ByteArrayInputStream(tokenizer), "t").newCounter();
    long tokens = 0;
    for (int i = 0; i < 40; i++) {
      tokens += 1;
      tokens += 4 + counter.count("user") + counter.count("Where is parcel " + i + "?");
      tokens += 4 + counter.count("assistant") + counter.count("It's on its way.");
    }
    return tokens;
  }

  private Finished recipe(String... flags) {
    List<String> all = new ArrayList<>(List.of("--recipe=" + bench.path("data/recipe.yaml")));
    all.addAll(List.of(flags));
    return prepare(all.toArray(String[]::new));
  }

  private Finished prepare(String... flags) {
    Finished finished = bench.prepare(flags);
    assertThat(finished.err(), finished.code(), equalTo(ExitCode.SUCCEEDED));
    return finished;
  }

  private static Matcher<String> row(String pattern) {
    return matchesPattern(Pattern.compile(".*\n *" + pattern.strip() + ".*", Pattern.DOTALL));
  }
}
