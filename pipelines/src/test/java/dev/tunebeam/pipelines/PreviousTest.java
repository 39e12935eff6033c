package dev.tunebeam.pipelines;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.pipelines.Workbench.Finished;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A dataset that continues another, and what cannot be continued. */
class PreviousTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Workbench bench;

  PreviousTest(@TempDir Path folder) {
    bench = new Workbench(folder);
  }

  private static String row(int number, String customer) {
    return "{\"prompt\":\"%s\",\"completion\":\"fine\",\"customer\":\"%s\"}"
        .formatted(question(number), customer);
  }

  private static String question(int number) {
    return "question " + number;
  }

  private void rows(Stream<String> rows) throws IOException {
    bench.write("rows.jsonl", rows.toArray(String[]::new));
  }

  private Finished night(String output, String... flags) {
    List<String> all = new ArrayList<>(Arrays.asList(flags));
    all.add("--input=" + bench.path("rows.jsonl"));
    all.add("--output=" + bench.path(output));
    all.add("--task=generation");
    all.add("--quiet");
    return bench.prepare(all.toArray(String[]::new));
  }

  private Map<String, String> sides(String dataset) throws IOException {
    Map<String, String> sides = new HashMap<>();
    for (var file : bench.files(dataset).entrySet()) {
      String split = file.getKey().replaceFirst("-.*", "");
      if (split.equals("train") || split.equals("validation")) {
        for (String line : file.getValue().lines().toList()) {
          sides.put(JSON.readTree(line).at("/messages/0/content").asText(), split);
        }
      }
    }
    return sides;
  }

  private List<String> removed(String dataset) throws IOException {
    List<String> found = new ArrayList<>();
    for (var file : bench.files(dataset).entrySet()) {
      if (file.getKey().startsWith("removed")) {
        for (String line : file.getValue().lines().toList()) {
          JsonNode row = JSON.readTree(line);
          found.add(
              row.get("reason").asText() + " " + row.at("/example/messages/0/content").asText());
        }
      }
    }
    return found;
  }

  @Test
  void aNewRowOfAGroupJoinsItsSideAlsoIfNoneOfItsOldRowsIsLeft() throws IOException {
    String group = "--group={{customer}}";
    rows(IntStream.range(0, 80).mapToObj(i -> row(i, "customer " + i % 20)));
    night("first", group, "--validation=0.3");
    Map<String, String> first = sides("first");
    // Of the customers below 10 all rows are new, of the others half of them.
    rows(
        IntStream.range(0, 80)
            .mapToObj(i -> row(i % 20 < 10 || i < 40 ? 1000 + i : i, "customer " + i % 20)));
    Finished second =
        night("second", group, "--validation=0.3", "--previous=" + bench.path("first"));

    assertThat(second.err(), equalTo(""));
    Map<String, String> sides = sides("second");
    assertThat(sides.size(), equalTo(80));
    sides.forEach(
        (prompt, side) -> {
          int number = Integer.parseInt(prompt.substring("question ".length())) % 1000;
          assertThat(prompt, side, equalTo(first.get(question(number))));
        });
    assertThat(bench.manifest("second").at("/sides/since/added").asInt(), equalTo(60));
    assertThat(bench.manifest("second").at("/sides/since/gone").asInt(), equalTo(60));
  }

  @Test
  void aRowThatConnectsBothSidesIsRemovedAndTheOthersStay() throws IOException {
    String group = "--group={{customer}}";
    rows(IntStream.range(0, 40).mapToObj(i -> row(i, "customer " + i)));
    night("first", group, "--validation=0.3");
    Map<String, String> first = sides("first");
    int held = IntStream.range(0, 40).filter(i -> isHeld(first, i)).findFirst().orElseThrow();
    int trained = IntStream.range(0, 40).filter(i -> !isHeld(first, i)).findFirst().orElseThrow();
    // A new customer asks what two others asked, and something new.
    rows(
        Stream.concat(
            IntStream.range(0, 40).mapToObj(i -> row(i, "customer " + i)),
            Stream.of(row(held, "both"), row(trained, "both"), row(777, "both"))));
    Finished second =
        night("second", group, "--validation=0.3", "--previous=" + bench.path("first"));

    assertThat(second.out(), containsString("on both sides"));
    assertThat(sides("second"), equalTo(first));
    assertThat(removed("second"), equalTo(List.of("both_sides question 777")));
    assertThat(bench.manifest("second").at("/rows/removed/bothSides").asInt(), equalTo(1));
  }

  private static boolean isHeld(Map<String, String> sides, int number) {
    return "validation".equals(sides.get(question(number)));
  }

  @Test
  void aNewNearCopyJoinsTheSideOfTheOldOne() throws IOException {
    NearRows near = new NearRows(3);
    List<String> old = IntStream.range(0, 60).mapToObj(i -> near.text(40)).toList();
    List<String> copies = old.stream().map(near::nearCopy).toList();
    String together = "--nearAction=keep-together";
    rows(old.stream().map(text -> NearRows.row("prompt", text, "completion", "ok")));
    night("first", together, "--validation=0.3");
    Map<String, String> first = sides("first");
    rows(
        Stream.concat(old.stream(), copies.stream())
            .map(text -> NearRows.row("prompt", text, "completion", "ok")));
    night("second", together, "--validation=0.3", "--previous=" + bench.path("first"));

    Map<String, String> sides = sides("second");
    assertThat(bench.manifest("second").at("/near/pairs").asInt(), greaterThan(20));
    assertThat(bench.manifest("second").at("/near/leaks").asInt(), equalTo(0));
    first.forEach((prompt, side) -> assertThat(sides.get(prompt), equalTo(side)));
  }

  @Test
  void inTheOutputFolderTheFirstNightHasNoDatasetBefore() throws IOException {
    rows(IntStream.range(0, 40).mapToObj(i -> row(i, "")));
    String previous = "--previous=" + bench.path("out");
    assertThat(night("out", previous).err(), equalTo(""));
    Map<String, String> first = sides("out");
    rows(IntStream.range(0, 60).mapToObj(i -> row(i, "")));
    assertThat(night("out", previous, "--overwrite").err(), equalTo(""));

    Map<String, String> second = sides("out");
    first.forEach((prompt, side) -> assertThat(second.get(prompt), equalTo(side)));
    assertThat(bench.manifest().at("/sides/since/added").asInt(), equalTo(20));
  }

  @Test
  void whatChangesInTheRecipeIsSaidAndMovesNothing() throws IOException {
    rows(IntStream.range(0, 100).mapToObj(i -> row(i, "")));
    night("first", "--validation=0.1");
    Map<String, String> first = sides("first");
    rows(IntStream.range(0, 102).mapToObj(i -> row(i, "")));
    String previous = "--previous=" + bench.path("first");
    Finished more = night("more", "--validation=0.3", previous);

    first.forEach(
        (prompt, side) -> {
          try {
            assertThat(sides("more").get(prompt), equalTo(side));
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        });
    assertThat(
        more.out().replaceAll("\\s+", " "),
        containsString("validation was 0.1 in the dataset before and is 0.3"));
    assertThat(
        more.out().replaceAll("\\s+", " "),
        containsString("has 12 validation examples, and its share is 31"));
    night("anew", "--validation=0.3", previous, "--resplit");
    assertThat(sides("anew").values().stream().filter("validation"::equals).count(), equalTo(31L));
    assertThat(bench.manifest("anew").at("/sides/since").isMissingNode(), equalTo(true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no folder|holds no dataset: there is no manifest.json",
        "a manifest that is cut|is not a valid manifest of this version",
        "a manifest that is edited|is not a valid manifest of this version",
        "no sides|which remembers no sides that this version reads",
        "another layout|which remembers no sides that this version reads",
        "sides that are cut|has 624 bytes, and 640 in the manifest: it was cut or changed",
        "sides that are changed|is not the file that the manifest names: it was changed",
        "sides that are missing|is missing or cannot be read",
        "another seed|has the seed 42, and the recipe 7",
        "a given split|the recipe gives the validation split"
      })
  void whatCannotBeContinuedIsRefusedAndNothingIsPublished(String test) throws IOException {
    rows(IntStream.range(0, 40).mapToObj(i -> row(i, "")));
    night("first");
    String fault = test.substring(0, test.indexOf('|'));
    Path first = bench.path("first");
    Path manifest = first.resolve("manifest.json");
    String text = Files.readString(manifest);
    Path sides = first.resolve(JSON.readTree(text).at("/sides/files/0/file").asText());
    String[] flags = {"--previous=" + first};
    switch (fault) {
      case "no folder" -> flags = new String[] {"--previous=" + bench.path("nowhere")};
      case "a manifest that is cut" ->
          Files.writeString(manifest, text.substring(0, text.length() / 2));
      case "a manifest that is edited" ->
          Files.writeString(manifest, text.replaceFirst("\"train\": \\d+", "\"train\": 3"));
      case "no sides" ->
          Files.writeString(manifest, text.replaceFirst("(?s)\"sides\": \\{.*?\\]\\s*\\},", ""));
      case "another layout" ->
          Files.writeString(manifest, text.replace("\"layout\": 1", "\"layout\": 2"));
      case "sides that are cut" ->
          Files.write(sides, Arrays.copyOf(Files.readAllBytes(sides), 624));
      case "sides that are changed" -> {
        byte[] bytes = Files.readAllBytes(sides);
        bytes[9] ^= 1;
        Files.write(sides, bytes);
      }
      case "sides that are missing" -> Files.delete(sides);
      case "another seed" -> flags = new String[] {"--previous=" + first, "--seed=7"};
      default -> {
        bench.write("dev.jsonl", row(5, ""));
        flags =
            new String[] {"--previous=" + first, "--validationInput=" + bench.path("dev.jsonl")};
      }
    }
    Finished second = night("second", flags);

    assertThat(second.code(), equalTo(ExitCode.WRONG_USE));
    assertThat(second.err(), startsWith("tunebeam: --previous: "));
    assertThat(second.err(), containsString(test.substring(test.indexOf('|') + 1)));
    assertThat(second.err(), not(containsString("\tat ")));
    assertThat(
        Files.exists(bench.path("second")) ? bench.files("second") : Map.of(),
        not(hasKey("manifest.json")));
    assertThat(
        Stream.of(second.err().split("\n", -1))
            .filter(line -> !line.isBlank())
            .collect(Collectors.toList())
            .size(),
        equalTo(1));
  }
}
