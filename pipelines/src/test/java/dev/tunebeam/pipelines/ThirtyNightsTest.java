package dev.tunebeam.pipelines;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Thirty nights of one corpus: rows come, change, go and come back, a class appears and dies. What
 * was on a side of the split stays there, and a job that is killed leaves the whole night or none
 * of it.
 */
class ThirtyNightsTest {

  private static final int NIGHTS = 30;
  private static final int LONGEST_LIFE_MILLIS = 2_000;
  private static final double SHARE = 0.2;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Workbench bench;
  private final Random random = new Random(20);

  /** The rows of tonight, and those that are gone, by their number: class and version. */
  private final Map<Integer, String> rows = new TreeMap<>();

  private final Map<Integer, String> gone = new TreeMap<>();

  /** The side of each prompt that was ever in a dataset. */
  private final Map<String, String> sides = new HashMap<>();

  private int next;

  ThirtyNightsTest(@TempDir Path folder) {
    bench = new Workbench(folder);
  }

  @Test
  void noPromptChangesItsSideAndEachClassHasItsShare() throws Exception {
    int published = 0;
    Set<String> digests = new TreeSet<>();
    long back = 0;
    long unchanged = 0;
    for (int night = 0; night < NIGHTS; night++) {
      change(night);
      writeRows();
      List<String> flags = flags(night);
      String killed = killed("night-" + night, flags);
      assertThat(prepare("night-" + night, flags), equalTo(""));
      check("night-" + night);
      String digest = bench.manifest("night-" + night).get("digest").asText();
      digests.add(digest);
      if (!killed.isEmpty()) {
        assertThat(killed, equalTo(digest));
        published++;
      }
      JsonNode since = bench.manifest("night-" + night).at("/sides/since");
      back += since.path("back").asLong();
      unchanged += since.path("unchanged").asLong();
      if (night % 5 == 4) {
        runAgain(night, flags);
      }
    }
    assertThat("a change a night", digests.size(), equalTo(NIGHTS));
    assertThat("nights whose job was killed before it had published", published, lessThan(NIGHTS));
    assertThat(back, greaterThan(50L));
    assertThat(unchanged, greaterThan(4_000L));
    assertThat(sides.keySet(), hasItem("question 0"));
    assertThat(bench.manifest("night-29").at("/classes").has("guest"), equalTo(false));
    assertThat(bench.manifest("night-15").at("/classes").has("guest"), equalTo(true));
  }

  /** Kills a job at a random moment; the digest of what it has published, empty if it has not. */
  private String killed(String output, List<String> flags) throws Exception {
    List<String> arguments = new ArrayList<>(flags);
    arguments.addAll(0, List.of("prepare", "--output=" + bench.path(output), "--quiet"));
    Process job = bench.start(arguments.toArray(String[]::new));
    job.waitFor(random.nextInt(LONGEST_LIFE_MILLIS), TimeUnit.MILLISECONDS);
    job.destroyForcibly().waitFor();
    return Files.exists(bench.path(output + "/manifest.json"))
        ? bench.manifest(output).get("digest").asText()
        : "";
  }

  /** The same night gives the same bytes on every runner, and with its own result before it. */
  private void runAgain(int night, List<String> flags) throws IOException {
    String dataset = "night-" + night;
    List<String> runner =
        night % 10 == 4
            ? List.of("--runner=DirectRunner")
            : List.of("--runner=SparkRunner", "--sparkMaster=local[2]");
    List<String> again = new ArrayList<>(flags);
    again.addAll(runner);
    assertThat(prepare("again", again), equalTo(""));
    assertThat(bench.files("again"), equalTo(bench.files(dataset)));
    List<String> onItself = new ArrayList<>(flags);
    onItself.removeIf(flag -> flag.startsWith("--previous"));
    onItself.add("--previous=" + bench.path(dataset));
    assertThat(prepare("again", onItself), equalTo(""));
    assertThat(
        bench.manifest("again").get("digest"), equalTo(bench.manifest(dataset).get("digest")));
    assertThat(
        bench.manifest("again").at("/sides/files"),
        equalTo(bench.manifest(dataset).at("/sides/files")));
  }

  private List<String> flags(int night) {
    List<String> flags =
        new ArrayList<>(
            List.of(
                "--input=" + bench.path("rows.jsonl"),
                "--classTemplate={{topic}}",
                "--prompt={{question}}",
                "--completion={{answer}}",
                "--validation=" + SHARE,
                // Another number of shards every other night.
                "--shardBytes=" + (night % 2 == 0 ? 64_000_000 : 9_000)));
    if (night > 0) {
      flags.add("--previous=" + bench.path("night-" + (night - 1)));
    }
    return flags;
  }

  /** What went wrong, empty if nothing did. */
  private String prepare(String output, List<String> flags) {
    List<String> all = new ArrayList<>(flags);
    all.addAll(List.of("--output=" + bench.path(output), "--overwrite", "--quiet"));
    return bench.prepare(all.toArray(String[]::new)).err();
  }

  private void change(int night) {
    for (int i = 0; i < (night == 0 ? 250 : 12); i++) {
      String topic = random.nextInt(10) == 0 ? "rare " + random.nextInt(3) : "topic " + next % 4;
      rows.put(next++, (night > 9 && night < 20 && i < 5 ? "guest" : topic) + "/0");
    }
    List<Integer> now = new ArrayList<>(rows.keySet());
    for (int i = 0; i < 10 && night > 0; i++) {
      int number = now.get(random.nextInt(now.size()));
      String row = rows.get(number);
      if (row != null && i < 4) {
        rows.put(number, row + night);
      } else if (row != null && number > 0) {
        gone.put(number, row);
        rows.remove(number);
      }
    }
    if (night >= 20) {
      rows.values().removeIf(row -> row.startsWith("guest"));
    }
    List<Integer> old = new ArrayList<>(gone.keySet());
    for (int i = 0; i < 4 && !old.isEmpty(); i++) {
      int number = old.get(random.nextInt(old.size()));
      String row = gone.remove(number);
      if (row != null) {
        rows.put(number, row);
      }
    }
  }

  private void writeRows() throws IOException {
    List<String> lines = new ArrayList<>();
    rows.forEach(
        (number, row) -> {
          String topic = row.substring(0, row.indexOf('/'));
          String answer = "answer " + row.substring(row.indexOf('/'));
          // Some prompts have two answers.
          for (int copy = 0; copy <= (number % 17 == 0 ? 1 : 0); copy++) {
            lines.add(
                String.format(
                    Locale.ROOT,
                    "{\"question\":\"question %d\",\"answer\":\"%s %d\",\"topic\":\"%s\"}",
                    number,
                    answer,
                    copy,
                    topic));
          }
        });
    bench.write("rows.jsonl", lines.toArray(String[]::new));
  }

  /** Compares with the sides of all nights before, and with the shares that can be reached. */
  private void check(String dataset) throws IOException {
    Map<String, long[]> classes = new TreeMap<>();
    List<String> moved = new ArrayList<>();
    Map<String, String> tonight = new HashMap<>();
    for (var file : bench.files(dataset).entrySet()) {
      boolean isShard = file.getKey().startsWith("train") || file.getKey().startsWith("validation");
      for (String line : isShard ? file.getValue().lines().toList() : List.<String>of()) {
        String prompt = JSON.readTree(line).at("/messages/0/content").asText();
        String side = file.getKey().substring(0, file.getKey().indexOf('-'));
        String before = sides.get(prompt);
        if (before != null && !before.equals(side)) {
          moved.add(prompt);
        }
        tonight.put(prompt, side);
        int number = Integer.parseInt(prompt.substring("question ".length()));
        String row = String.valueOf(rows.get(number));
        long[] counts =
            classes.computeIfAbsent(row.substring(0, row.indexOf('/')), t -> new long[4]);
        boolean isHeld = side.equals("validation");
        counts[0]++;
        counts[1] += isHeld ? 1 : 0;
        counts[2] += before != null && isHeld ? 1 : 0;
        counts[3] += before == null ? 1 : 0;
      }
    }
    assertThat(dataset, moved, equalTo(List.of()));
    sides.putAll(tonight);
    assertThat(tonight.size(), equalTo(rows.size()));
    classes.forEach(
        (topic, counts) -> {
          double target =
              Math.max(
                  (double) counts[2], Math.min((double) counts[2] + counts[3], SHARE * counts[0]));
          // Within the largest prompt, which has two examples.
          assertThat(
              String.format(
                  Locale.ROOT, "%s of %s: %d held of %d", topic, dataset, counts[1], counts[0]),
              Math.abs(counts[1] - target) <= 2,
              equalTo(true));
        });
  }

  @Test
  void withoutTheDatasetBeforeAGrowingCorpusMovesAHandful() throws IOException {
    change(0);
    writeRows();
    List<String> flags = flags(0);
    prepare("before", flags);
    check("before");
    for (int i = 0; i < 130; i++) {
      rows.put(next, "topic " + next++ % 4 + "/0");
    }
    writeRows();
    prepare("after", flags);
    Map<String, String> first = new HashMap<>(sides);
    sides.clear();
    check("after");
    long moved =
        first.entrySet().stream()
            .filter(prompt -> !prompt.getValue().equals(sides.get(prompt.getKey())))
            .count();
    assertThat(moved, not(greaterThan(25L)));
  }
}
