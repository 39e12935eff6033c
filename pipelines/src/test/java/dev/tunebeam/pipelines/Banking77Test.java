package dev.tunebeam.pipelines;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.pipelines.Workbench.Finished;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real questions in 77 classes, PolyAI's Banking77, where it lies beside the project.
 *
 * <p>The sums of tokens were computed once with tiktoken 0.14.0: for each different row, stripped,
 * completion is {@code prompt + "\n\n###\n\n"} and {@code " " + class}, chat the cookbook's 3 for
 * each message, the tokens of its role and its text, and 3.
 */
class Banking77Test {

  private static final Path CORPUS = Path.of("../../shared/data/banking77-train.csv");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Workbench bench;

  Banking77Test(@TempDir Path folder) {
    bench = new Workbench(folder);
  }

  @BeforeEach
  void theCorpusIsThere() {
    assumeTrue(Files.exists(CORPUS), "no " + CORPUS);
  }

  @Test
  void everyClassIsOnBothSidesWithItsShareAndTheTokensAreTiktokens() throws IOException {
    prepare("--format=completion", "--runner=SparkRunner", "--sparkMaster=local[2]");
    JsonNode manifest = bench.manifest();
    assertThat(
        manifest.get("rows").toString(),
        equalTo(
            "{\"read\":10003,\"filtered\":0,\"rejected\":{\"total\":0,\"byReason\":{}},\"duplicates\":4,\"sampledOut\":0,"
                + "\"train\":8995,\"validation\":1004}"));
    assertThat(manifest.get("classes").size(), equalTo(77));
    for (JsonNode count : manifest.get("classes")) {
      int train = count.get("train").asInt();
      int validation = count.get("validation").asInt();
      assertThat(train, greaterThan(0));
      assertThat(validation, greaterThan(0));
      assertThat(Math.abs(validation - 0.1 * (train + validation)), lessThanOrEqualTo(1.0));
    }
    assertThat(tokens(manifest), equalTo(187_562L));
    assertThat(
        manifest.get("inference").toString(),
        equalTo(
            "{\"separator\":\"\\n\\n###\\n\\n\",\"stop\":\"\",\"leadingSpace\":true,"
                + "\"maxTokens\":10}"));

    Set<String> prompts = prompts("train-");
    assertThat(prompts.size(), equalTo(8_995));
    Set<String> both = prompts("validation-");
    assertThat(both.size(), equalTo(1_004));
    both.retainAll(prompts);
    assertThat(both, empty());
  }

  @Test
  void chatAndTheOlderEncodingAreCountedAsTiktokenDoesToo() throws IOException {
    prepare("--format=chat", "--model=gpt-4.1-mini");
    assertThat(tokens(bench.manifest()), equalTo(287_638L));
    prepare("--format=completion", "--model=davinci-002", "--overwrite");
    assertThat(bench.manifest().at("/tokens/encoding").asText(), equalTo("cl100k_base"));
    assertThat(tokens(bench.manifest()), equalTo(188_648L));
  }

  private void prepare(String... flags) {
    String[] all =
        java.util.stream.Stream.concat(
                List.of(
                    "--input=" + CORPUS,
                    "--prompt={{text}}",
                    "--completion={{category}}",
                    "--task=classification")
                    .stream(),
                java.util.Arrays.stream(flags))
            .toArray(String[]::new);
    Finished finished = bench.prepare(all);
    assertThat(finished.err(), finished.code(), equalTo(ExitCode.SUCCEEDED));
  }

  private static long tokens(JsonNode manifest) {
    return manifest.at("/tokens/train").asLong() + manifest.at("/tokens/validation").asLong();
  }

  private Set<String> prompts(String split) throws IOException {
    Set<String> prompts = new HashSet<>();
    for (String line : bench.lines(split)) {
      prompts.add(JSON.readTree(line).get("prompt").asText());
    }
    return prompts;
  }
}
