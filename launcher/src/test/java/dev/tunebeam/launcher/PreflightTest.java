package dev.tunebeam.launcher;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import dev.tunebeam.dataset.Format;
import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.launcher.standin.Recorded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Invalid launches fail before anything is sent. */
class PreflightTest extends StandInTest {

  @AfterEach
  void nothingWasSent() {
    assertThat(
        standIn.requests().stream()
            .filter(request -> !request.method().equals("GET"))
            .map(Recorded::line)
            .toList(),
        empty());
  }

  private String refused(Path dataset, String... more) {
    return launch(dataset, more).with(ExitCode.WRONG_USE).message();
  }

  @Test
  void fewerThanTenExamples() {
    Path dataset = new DatasetOnDisk().examples(9, 3).in(folder.resolve("few"));
    assertThat(
        refused(dataset), is("the training split has 9 examples; OpenAI requires at least 10"));
  }

  @Test
  void noTrainingSplit() {
    Path dataset = new DatasetOnDisk().examples(0, 30).in(folder.resolve("none"));
    assertThat(refused(dataset), is("the dataset in %s has no training split".formatted(dataset)));
  }

  @Test
  void noManifest() throws IOException {
    Path dataset = dataset();
    Files.delete(dataset.resolve("manifest.json"));
    assertThat(
        refused(dataset),
        is(
            ("%s is not a dataset: it has no manifest.json; create one with ./tunebeam"
                    + " prepare --input=FILES --output=%s")
                .formatted(dataset, dataset)));
    Path nowhere = folder.resolve("nowhere");
    assertThat(refused(nowhere), is("no such folder: %s".formatted(nowhere)));
  }

  @Test
  void aBrokenManifest() throws IOException {
    Path dataset = dataset();
    Path manifest = dataset.resolve("manifest.json");
    Files.writeString(manifest, "{");
    assertThat(
        refused(dataset),
        startsWith(manifest + " is not a valid manifest of this version: line 1"));
  }

  @Test
  void aShardThatChanged() throws IOException {
    Path dataset = dataset();
    Path shard = dataset.resolve("train-00001-of-00002.jsonl");
    Files.writeString(shard, Files.readString(shard).replace("Frage 7", "Frage 8"));
    assertThat(
        refused(dataset),
        is(
            ("%s does not match its SHA-256 in the manifest; prepare the dataset again with"
                    + " --overwrite")
                .formatted(shard)));
    assertThat(standIn.files(), empty());
  }

  @Test
  void aShardThatIsMissing() throws IOException {
    Path dataset = dataset();
    Path shard = dataset.resolve("validation-00000-of-00001.jsonl");
    Files.delete(shard);
    assertThat(
        refused(dataset),
        is(
            "%s is listed in the manifest but missing; prepare the dataset again with --overwrite"
                .formatted(shard)));
  }

  @Test
  void aFormatThatTheModelDoesNotTrainOn() {
    Path dataset = new DatasetOnDisk().format(Format.COMPLETION).in(folder.resolve("completions"));
    assertThat(
        refused(dataset),
        is(
            "gpt-4o-mini-2024-07-18 trains on the format chat or preference; this dataset's"
                + " format is completion; prepare it with --format=chat"));
  }

  @Test
  void aMethodThatTheFormatIsNotFor() {
    assertThat(
        refused(dataset(), "--method=dpo"),
        is("--method=dpo needs preference pairs; this dataset's format is chat"));
    assertThat(refused(dataset(), "--beta=0.1"), is("--beta belongs to --method=dpo"));
  }

  @Test
  void aModelAfterItsLastDay() {
    Path dataset = dataset();
    clock = from("2027-01-06T00:00:30Z");
    assertThat(
        refused(dataset),
        is(
            "openai/gpt-4o-mini-2024-07-18 can no longer be trained: its last day was"
                + " 2027-01-05; trainable today, for example: azure/Ministral-3B, azure/Qwen3-32B,"
                + " fireworks/accounts/fireworks/models/llama-v3p1-8b-instruct,"
                + " fireworks/accounts/fireworks/models/qwen3-8b, nebius/openai/gpt-oss-20b,"
                + " nebius/meta-llama/Meta-Llama-3.1-8B-Instruct, together/Qwen/Qwen3.5-9B,"
                + " together/meta-llama/Meta-Llama-3.1-8B-Instruct-Reference;"
                + " ./tunebeam models lists all"));
  }

  @Test
  void anExampleThatIsTooLong() {
    Path dataset = new DatasetOnDisk().longest(65_537).in(folder.resolve("long"));
    assertThat(
        refused(dataset),
        is(
            "the longest example has 65,537 tokens, the maximum of gpt-4o-mini-2024-07-18 is"
                + " 65,536; prepare the dataset with --model=openai/gpt-4o-mini-2024-07-18"));
  }

  @Test
  void aSuffixThatIsTooLongOrEmpty() {
    assertThat(
        refused(dataset(), "--suffix=" + "x".repeat(65)),
        is(
            "--suffix: the maximum at OpenAI is 64 characters, '%s' has 65"
                .formatted("x".repeat(65))));
    assertThat(refused(dataset(), "--suffix="), is("--suffix must not be blank"));
    variables.put("AZURE_OPENAI_API_KEY", "k1234567890");
    variables.put("AZURE_OPENAI_ENDPOINT", standIn.root());
    assertThat(
        refused(dataset(), "--provider=azure", "--suffix=" + "x".repeat(41)),
        is(
            "--suffix: the maximum at Azure OpenAI is 40 characters, '%s' has 41"
                .formatted("x".repeat(41))));
  }

  @Test
  void aProviderThatNobodyKnows() {
    assertThat(
        refused(dataset(), "--provider=opnai"),
        startsWith(
            "--provider=opnai: unknown provider (did you mean openai?); choose one of"
                + " openai, azure, "));
  }

  @Test
  void settingsThatTheProviderDoesNotTake() {
    assertThat(
        refused(dataset(), "--learningRate=0.0001"), is("--learningRate: not supported by OpenAI"));
    assertThat(refused(dataset(), "--epochs=0"), is("--epochs must be at least 1, not 0"));
    assertThat(refused(dataset(), "--seed=-1"), is("--seed must not be below 0, not -1"));
    assertThat(
        refused(dataset(), "--wandbName=x"), is("a run in Weights & Biases needs --wandbProject"));
  }

  @Test
  void aRecipeWithALaunchSectionOfAnotherVersion() {
    Path dataset = new DatasetOnDisk().recipe(Map.of("epoch", 3)).in(folder.resolve("recipe"));
    assertThat(refused(dataset), startsWith("the recipe's section launch: "));
  }

  @Test
  void noKeyOrNoneThatCanBeOne() throws IOException {
    Path dataset = dataset();
    variables.remove("OPENAI_API_KEY");
    assertThat(
        refused(dataset), is("no API key: set the variable OPENAI_API_KEY or --keyFile=FILE"));
    assertThat(refused(dataset, "--keyFile=no.key"), is("--keyFile: no.key cannot be read"));
    Files.writeString(folder.resolve("two.key"), "sk-one\nsk-two\n");
    assertThat(
        refused(dataset, "--keyFile=two.key"),
        is("the file two.key does not contain a valid key: it is more than one word"));
  }

  @Test
  void anAddressThatWouldGiveTheKeyAway() {
    assertThat(
        refused(dataset(), "--baseUrl=http://api.example.com/v1"),
        is("--baseUrl: http://api.example.com/v1/ would send the key unencrypted; use" + " https"));
    assertThat(
        refused(dataset(), "--baseUrl=https://me:word@api.example.com/v1"),
        is(
            "--baseUrl must not contain a user name or password, which would be saved in"
                + " launch.json"));
    assertThat(
        refused(dataset(), "--baseUrl=api.example.com"),
        is("--baseUrl: 'api.example.com' is not a valid base URL"));
  }

  @Test
  void aLaunchFileThatIsNoneOfThisVersion() throws IOException {
    Path dataset = dataset();
    Path file = dataset.resolve("launch.json");
    String after =
        " It remembers what was paid for. Move it away: what is at the provider is then found by"
            + " its name and its metadata";
    Map<String, String> broken =
        Map.of(
            "",
            "No content to map due to end-of-input.",
            "{\"launches\":[",
            "Unexpected end-of-input: expected close marker for Array (start marker at [Source:",
            "{}",
            "the key 'launches' is missing.",
            "{\"launches\":[null]}",
            "the key 'launches' is missing.",
            "{\"launches\":[{}]}",
            "the key 'run' is missing.",
            "{\"launches\":[],\"colour\":1}",
            "unknown key 'colour'; it may have been written by a newer version.",
            "{\"launches\":[{\"step\":\"dancing\"}]}",
            "invalid value for 'launches.step'; it may have been written by a newer version.");
    broken.forEach(
        (text, why) -> {
          try {
            Files.writeString(file, text);
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
          assertThat(refused(dataset), startsWith("%s is broken: %s".formatted(file, why)));
        });
    assertThat(refused(dataset).endsWith(after), is(true));
  }

  @Test
  void aFolderThatCannotBeWrittenTo() throws IOException {
    Path dataset = dataset();
    Files.createDirectory(dataset.resolve(".launch.lock"));
    assertThat(
        launch(dataset).with(ExitCode.FAILED).message(),
        is("cannot write to %s, which must hold launch.json: Is a directory".formatted(dataset)));
    assertThat(lines(), empty());
  }

  @Test
  void whatIsNoJobOrFolder() {
    String here = folder.resolve("tickts").toString();
    assertThat(
        fast("follow", here).with(ExitCode.WRONG_USE).message(), is("no such folder: " + here));
    assertThat(
        fast("show").with(ExitCode.WRONG_USE).message(),
        is(". has no launch.json: pass a job id, or the folder of a launched dataset"));
    assertThat(
        fast("show", "--provider=opnai").with(ExitCode.WRONG_USE).message(),
        containsString("did you mean openai?"));
    assertThat(
        List.of(fast("follow", "x", "--poll=0s").with(ExitCode.WRONG_USE).message()),
        hasItem("--poll must be above 0"));
    assertThat(
        fast("show", "x", "--timeout=0s").with(ExitCode.WRONG_USE).message(),
        is("--timeout must be above 0 and at most 24h"));
    fast("show", "x", "--timeout=999999999h").with(ExitCode.WRONG_USE);
  }
}
