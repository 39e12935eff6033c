package dev.tunebeam.launcher;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.tunebeam.dataset.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The real prepare and the real launch, at a stand-in that counts the jobs. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the start script is for bash")
class GatesBeforeMoneyTest extends StandInTest {

  private static final String START = "tunebeam.start";
  private static final List<String> CLASSES = List.of("billing", "returns", "sales");
  private static final int ROWS = 90;

  private static final String RECIPE =
      """
      input: [rows/*.csv]
      task: classification
      model: %s
      maxRejected: 1
      gates:
        maxRejected: 0.1
        maxDuplicates: 0.1
        maxNewClasses: 0
        maxVanishedClasses: 0
        maxClassDivergence: 0.2
        maxTokensP50Change: 0.2
        maxPriceChange: 0.6
        minNewPrompts: 1
        maxChangedPrompts: 0.1
      """
          .formatted(DatasetOnDisk.MODEL);

  @BeforeEach
  void layOut() throws IOException {
    Path script =
        Files.writeString(
            folder.resolve("tunebeam"),
            """
            #!/usr/bin/env bash
            exec '%s' -XX:TieredStopAtLevel=1 -cp '%s' dev.tunebeam.pipelines.Main "$@"
            """
                .formatted(
                    Path.of(System.getProperty("java.home"), "bin", "java"),
                    System.getProperty("java.class.path")));
    assertThat(script.toFile().setExecutable(true), equalTo(true));
    System.setProperty(START, script.toString());
    Files.writeString(folder.resolve("recipe.yaml"), RECIPE);
    Files.createDirectory(folder.resolve("rows"));
  }

  @AfterEach
  void forget() {
    System.clearProperty(START);
  }

  private static String text(int row) {
    return "question %s about what came with the last parcel".formatted(row);
  }

  private static String label(int row) {
    return CLASSES.get(row % CLASSES.size());
  }

  /** Rows with a text and a label; a row without a label may be left out. */
  private void rows(String file, int number, IntFunction<String> texts, IntFunction<String> labels)
      throws IOException {
    List<String> lines = new ArrayList<>(List.of("prompt,completion"));
    IntStream.range(0, number)
        .filter(row -> !labels.apply(row).equals("none"))
        .mapToObj(row -> texts.apply(row) + "," + labels.apply(row))
        .forEach(lines::add);
    Files.write(folder.resolve("rows").resolve(file), lines);
  }

  private Ended night(String... more) {
    String[] flags = {"run", "--recipe=recipe.yaml", "--output=tickets", "--yes", "--quiet"};
    return fast(
        Stream.of(flags, more, new String[] {"--poll=1ms"})
            .flatMap(Arrays::stream)
            .toArray(String[]::new));
  }

  private long creations() {
    return lines().stream().filter(line -> line.matches("POST .*/fine_tuning/jobs")).count();
  }

  private String manifest() throws IOException {
    return Files.readString(folder.resolve("tickets/manifest.json"));
  }

  private void isStopped(String fault, List<String> gates, String... flags) throws IOException {
    String before = manifest();
    Ended end = night(flags);
    assertThat(fault + end.out() + end.err(), end.code(), equalTo(ExitCode.GATE_FAILED.code()));
    assertThat(
        fault,
        Pattern.compile("(?m)^  (m[a-z]+[A-Z0-9]\\w*):")
            .matcher(end.err())
            .results()
            .map(gate -> gate.group(1))
            .toList(),
        equalTo(gates));
    assertThat(fault, creations(), equalTo(1L));
    assertThat(fault, manifest(), equalTo(before));
  }

  @Test
  void eachPlantedFaultIsStoppedByItsGateAndNoJobIsCreated() throws IOException {
    rows("a.csv", ROWS, GatesBeforeMoneyTest::text, GatesBeforeMoneyTest::label);
    night().with(ExitCode.SUCCEEDED);
    assertThat(creations(), equalTo(1L));

    isStopped("nothing but old rows", List.of("minNewPrompts"));

    int more = ROWS + 6;
    rows(
        "a.csv",
        more,
        GatesBeforeMoneyTest::text,
        row -> label(row).equals("sales") ? "none" : label(row));
    isStopped("a class vanishes", List.of("maxVanishedClasses"));

    rows(
        "a.csv",
        more,
        GatesBeforeMoneyTest::text,
        row -> label(row).equals("sales") ? "Sales" : label(row));
    isStopped(
        "a class is renamed",
        List.of("maxNewClasses", "maxVanishedClasses", "maxClassDivergence", "maxChangedPrompts"));

    rows("a.csv", more, GatesBeforeMoneyTest::text, row -> row / 3 % 2 == 0 ? "" : label(row));
    isStopped("half of the rows are empty", List.of("maxRejected"));

    rows("a.csv", more, GatesBeforeMoneyTest::text, row -> label(row + 1));
    isStopped("the labels are shuffled", List.of("maxChangedPrompts"));

    rows(
        "a.csv",
        more,
        row -> String.join(" and ", Collections.nCopies(3, text(row))),
        GatesBeforeMoneyTest::label);
    isStopped("texts are three times as long", List.of("maxTokensP50Change", "maxPriceChange"));

    rows("a.csv", more, GatesBeforeMoneyTest::text, GatesBeforeMoneyTest::label);
    Files.copy(folder.resolve("rows/a.csv"), folder.resolve("rows/b.csv"));
    isStopped("a file is there twice", List.of("maxDuplicates"));
    Files.delete(folder.resolve("rows/b.csv"));

    Files.writeString(
        folder.resolve("prices.yaml"),
        "models: [{id: %s, training: 6, pricesAsOf: 2026-11-20}]\n".formatted(DatasetOnDisk.MODEL));
    isStopped("prices double", List.of("maxPriceChange"), "--prices=prices.yaml");

    night().with(ExitCode.SUCCEEDED);
    assertThat("what is as it should be is trained on", creations(), equalTo(2L));
  }
}
