package dev.tunebeam.pipelines;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import dev.tunebeam.dataset.NamedLinks;
import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.pipelines.Workbench.Finished;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README.md of a dataset, and one that somebody else wrote. */
class DatasetCardTest {

  private final Workbench bench;
  private final Path readme;

  DatasetCardTest(@TempDir Path folder) {
    bench = new Workbench(folder);
    readme = bench.path("out/README.md");
  }

  @BeforeEach
  void rows() throws IOException {
    rows(40);
  }

  private void rows(int number) throws IOException {
    bench.write(
        "rows.jsonl",
        IntStream.range(0, number)
            .mapToObj(
                i ->
                    "{\"prompt\":\"question %s\",\"completion\":\"%s\"}"
                        .formatted(i, i % 2 == 0 ? "yes|no" : "a <b>"))
            .toArray(String[]::new));
  }

  private Finished prepare(String... flags) {
    List<String> all = new ArrayList<>(Arrays.asList(flags));
    all.addAll(
        List.of(
            "--input=" + bench.path("rows.jsonl"),
            "--task=classification",
            "--model=gpt-4.1-mini",
            "--quiet"));
    return bench.prepare(all.toArray(String[]::new));
  }

  @Test
  void theHeadNamesTheFilesOfEachSplitAndWhatTheRecipeSays() throws IOException {
    prepare("--cardName=Questions: yes or no", "--cardLicense=cc-by-4.0", "--cardLanguage=en,de");
    assertThat(
        Files.readString(readme),
        startsWith(
            """
            ---
            pretty_name: "Questions: yes or no"
            license: "cc-by-4.0"
            language:
              - "en"
              - "de"
            task_categories:
              - "text-classification"
            size_categories:
              - "n<1K"
            configs:
              - config_name: "default"
                data_files:
                  - split: "train"
                    path: "train-*.jsonl"
                  - split: "validation"
                    path: "validation-*.jsonl"
            ---

            # Questions: yes or no
            """));
    assertThat(
        Files.readString(readme),
        containsString(
            """
            | class | train | validation |
            |---|---|---|
            | a &lt;b> | 18 | 2 |
            | yes\\|no | 18 | 2 |
            """));
  }

  @Test
  void withoutAValidationSplitThereIsNoneInTheHead() throws IOException {
    prepare("--validation=0", "--shardBytes=300");
    String card = Files.readString(readme);
    assertThat(card, containsString("path: \"train-*.jsonl\""));
    assertThat(card, not(containsString("split: \"validation\"")));
  }

  @Test
  void theCardIsReplacedWithItsDatasetAndIsNoPartOfTheDigest() throws IOException {
    prepare("--cardName=First");
    String digest = bench.manifest().get("digest").asText();
    Finished again = prepare("--overwrite", "--cardName=Second");
    assertThat(again.err(), equalTo(""));
    assertThat(Files.readString(readme), containsString("# Second\n"));
    assertThat(bench.manifest().get("digest").asText(), equalTo(digest));

    rows(50);
    prepare("--overwrite");
    assertThat(Files.readString(readme), containsString("| read | 50 |"));
    assertThat(
        Files.readString(bench.path("out").resolve(bench.manifest().at("/files/card").asText())),
        equalTo(Files.readString(readme)));
  }

  @Test
  void aReadmeOfSomebodyElseStaysAndTheUserIsTold() throws IOException {
    bench.write("out/README.md", "mine");
    Finished first = prepare();
    assertThat(first.code(), equalTo(ExitCode.SUCCEEDED));
    assertThat(
        first.err(),
        equalTo(
            "tunebeam: warning: README.md in BENCH/out was not written by tunebeam and stays; the card"
                + " of the dataset is %s\n"
                    .formatted(bench.manifest().at("/files/card").asText())));
    NamedLinks.mend(bench.path("out"));
    assertThat(Files.readString(readme), equalTo("mine\n"));

    Files.delete(readme);
    assertThat(prepare("--overwrite").err(), equalTo(""));
    String card = Files.readString(readme);
    assertThat(card, startsWith("---\n"));
    // Edited, it is somebody else's.
    Files.writeString(readme, card + "and a word of mine\n");
    assertThat(prepare("--overwrite").err(), containsString("README.md in BENCH/out"));
    assertThat(Files.readString(readme), equalTo(card + "and a word of mine\n"));
  }

  @Test
  void aCardThatAKilledJobDidNotLinkIsLinkedByTheNextCommand() throws IOException {
    prepare("--cardName=First");
    Files.delete(readme);
    NamedLinks.mend(bench.path("out"));
    assertThat(Files.readString(readme), containsString("# First\n"));
  }
}
