package dev.tunebeam.pipelines;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.lessThan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.pipelines.Workbench.Finished;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NearCopiesTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String QUESTION =
      "my parcel was handed to the carrier last week and the page still says that it is on its way"
          + " could you please find out where it is and tell me when it will be here";
  private static final String ANSWER =
      "we have asked the carrier to look for it and will write to you as soon as we know more about"
          + " where it is and when it can be with you";

  private final Workbench bench;

  NearCopiesTest(@TempDir Path folder) {
    bench = new Workbench(folder);
  }

  @Test
  void aNearCopyIsRemovedAndListedWithTheRowThatStays() throws IOException {
    Finished finished =
        prepare(
            "drop",
            List.of(
                pair(QUESTION, ANSWER),
                pair(QUESTION.replace("could you please", "could you"), ANSWER + "!"),
                pair(QUESTION + " order 17", ANSWER),
                pair(QUESTION + " order 18", ANSWER),
                pair(QUESTION, "It is lost.")),
            "--validation=0");

    assertThat(finished.out(), containsString("  near copies  1  20.0 %\n"));
    JsonNode manifest = bench.manifest();
    assertThat(
        manifest.get("rows").toString(),
        equalTo(
            "{\"read\":5,\"filtered\":0,\"rejected\":{\"total\":0,\"byReason\":{}},\"duplicates\":0,"
                + "\"removed\":{\"nearCopies\":1,\"contaminated\":0},\"sampledOut\":0,\"train\":4,"
                + "\"validation\":0}"));
    assertThat(
        manifest.get("near").toString(),
        equalTo(
            "{\"pairs\":1,\"kept\":0,\"conflicts\":0,\"crowded\":0,\"undecided\":0,\"leaks\":0,\"evaluation\":{}}"));
    assertThat(
        manifest.get("files").get("removed").get(0).asText(),
        endsWith("/removed-00000-of-00001.jsonl"));
    List<JsonNode> removed = records("removed-");
    assertThat(removed, hasSize(1));
    JsonNode record = removed.get(0);
    assertThat(record.get("reason").asText(), equalTo("near_copy"));
    assertThat(
        record.get("position").asInt() + record.get("kept").get("position").asInt(), equalTo(3));
    assertThat(record.get("similarity").decimalValue().toPlainString(), equalTo("0.9231"));
    assertThat(record.get("example").get("messages").size(), equalTo(2));
  }

  @Test
  void aCopyOfACopyStaysUnlessItIsACopyOfWhatStays() throws IOException {
    NearRows rows = new NearRows(1);
    List<String> lines = new ArrayList<>();
    List<String[]> texts = new ArrayList<>();
    for (int chain = 0; chain < 20; chain++) {
      String[] words = rows.words(60);
      for (int link = 0; link < 12; link++) {
        words = words.clone();
        words[(5 * link + 2) % 60] = rows.word();
        words[(5 * link + 4) % 60] = rows.word();
        texts.add(words);
        lines.add(NearRows.row("text", String.join(" ", words)));
      }
    }
    prepare("drop", lines, "--completion={{text}}", "--task=open-ended");

    List<JsonNode> removed = records("removed-");
    assertThat(removed.size(), greaterThan(20));
    Set<Integer> gone = new HashSet<>();
    removed.forEach(record -> gone.add(record.get("position").asInt()));
    for (JsonNode record : removed) {
      int kept = record.get("kept").get("position").asInt();
      assertThat("position " + kept + " stays", gone.contains(kept), equalTo(false));
      int differ = 0;
      for (int i = 0; i < 60; i++) {
        String word = texts.get(record.get("position").asInt() - 1)[i];
        differ += word.equals(texts.get(kept - 1)[i]) ? 0 : 1;
      }
      assertThat(differ, lessThan(5));
    }
    assertThat(bench.manifest().get("near").get("undecided").asInt(), equalTo(0));
  }

  @Test
  void similarTextsOfTwoClassesStayAndAreListedAsAConflict() throws IOException {
    Finished finished =
        prepare(
            "drop",
            List.of(
                pair(QUESTION, "delivery"),
                pair(QUESTION.replace("carrier", "courier"), "billing")),
            "--task=classification",
            "--format=completion");

    assertThat(
        finished.out(),
        containsString("1 pair of near copies has different labels or answers; both stay"));
    assertThat(bench.examples(), hasSize(2));
    List<JsonNode> conflicts = records("conflicts-");
    assertThat(conflicts, hasSize(1));
    assertThat(conflicts.get(0).get("reason").asText(), equalTo("conflict"));
    assertThat(
        conflicts.get(0).get("position").asInt()
            + conflicts.get(0).get("similarTo").get("position").asInt(),
        equalTo(3));
  }

  @Test
  void nearCopiesThatStayAreOnOneSideOfTheSplit() throws IOException {
    List<String> lines = new ArrayList<>();
    Map<String, Integer> originals = clusters(lines);

    prepare("report", lines, "--validation=0.2", "--classTemplate={{topic}}");
    int leaks = bench.manifest().get("near").get("leaks").asInt();
    assertThat(leaks, greaterThan(20));
    // Two copies of one text may be less similar to each other than to it.
    assertThat(leaks, lessThan(leaksOf(originals) + 1));
    assertThat(leaks, greaterThan(leaksOf(originals) * 8 / 10));

    prepare("keep-together", lines, "--validation=0.2", "--classTemplate={{topic}}", "--overwrite");
    JsonNode manifest = bench.manifest();
    assertThat(manifest.get("near").get("leaks").asInt(), equalTo(0));
    assertThat(leaksOf(originals), equalTo(0));
    manifest
        .get("classes")
        .forEach(
            counts -> {
              int all = counts.get("train").asInt() + counts.get("validation").asInt();
              assertThat(Math.abs(counts.get("validation").asDouble() - 0.2 * all), lessThan(2.01));
            });
    assertThat(records("similar-").size(), equalTo(manifest.get("near").get("kept").asInt()));
  }

  @Test
  void theFillingsOfATemplateStayOnOneSideOfTheSplit() throws IOException {
    NearRows rows = new NearRows(6);
    List<String> lines = new ArrayList<>();
    Map<String, Integer> templates = new HashMap<>();
    for (int template = 0; template < 40; template++) {
      String[] words = rows.words(40);
      templates.put(words[0], template);
      for (int filling = 0; filling < 10; filling++) {
        words[20] = rows.word();
        lines.add(row(String.join(" ", words), template));
      }
    }
    prepare("keep-together", lines, "--validation=0.2");
    assertThat(bench.manifest().get("near").get("crowded").asInt(), greaterThan(200));
    assertThat(records("validation-").size(), greaterThan(60));
    assertThat(leaksOf(templates), equalTo(0));
  }

  @Test
  void theRowsOfAGroupAndThoseWithTheirPromptsAreOnOneSide() throws IOException {
    List<String> lines = new ArrayList<>();
    NearRows rows = new NearRows(5);
    for (int customer = 0; customer < 60; customer++) {
      for (int ticket = 0; ticket < 5; ticket++) {
        lines.add(
            NearRows.row(
                "prompt",
                String.format(Locale.ROOT, "c%d: %s", customer, rows.text(6)),
                "completion",
                rows.text(4),
                "customer",
                "c" + customer));
      }
    }
    // A prompt of two customers, whose tickets stay together so.
    lines.add(NearRows.row("prompt", "the same", "completion", "one", "customer", "c1"));
    lines.add(NearRows.row("prompt", "the same", "completion", "two", "customer", "c2"));
    Finished finished =
        run(lines, "--group={{customer}}", "--validation=0.3", "--format=completion");
    assertThat(finished.err(), finished.code(), equalTo(ExitCode.SUCCEEDED));

    Map<String, Set<String>> sides = new HashMap<>();
    for (String side : List.of("train-", "validation-")) {
      for (JsonNode line : records(side)) {
        String customer = line.get("prompt").asText().split("[:\\n]", 0)[0];
        sides.computeIfAbsent(customer, c -> new HashSet<>()).add(side);
      }
    }
    assertThat(sides.size(), equalTo(61));
    sides.forEach((customer, on) -> assertThat(customer, on, hasSize(1)));
    assertThat(sides.get("c1"), equalTo(sides.get("the same")));
    assertThat(sides.get("c2"), equalTo(sides.get("the same")));
    assertThat(bench.manifest().get("rows").get("validation").asInt(), greaterThan(79));
    assertThat(bench.manifest().get("rows").get("validation").asInt(), lessThan(103));
  }

  @Test
  void theAnswersOfOneConversationAreOnOneSide() throws IOException {
    List<String> lines = new ArrayList<>();
    NearRows rows = new NearRows(6);
    for (int i = 0; i < 80; i++) {
      String name = "n" + i;
      lines.add(
          "{\"messages\":[{\"role\":\"user\",\"content\":\"%s %s\"},{\"role\":\"assistant\",\"content\":\"%s\"},{\"role\":\"user\",\"content\":\"%s\"},{\"role\":\"assistant\",\"content\":\"%s\"}]}"
              .formatted(name, rows.text(4), name, rows.text(3), name));
    }
    Finished finished = run(lines, "--examples=each-answer", "--validation=0.25");
    assertThat(finished.err(), finished.code(), equalTo(ExitCode.SUCCEEDED));

    Map<String, Set<String>> sides = new HashMap<>();
    for (String side : List.of("train-", "validation-")) {
      for (JsonNode line : records(side)) {
        String name = line.get("messages").get(0).get("content").asText().split(" ", 0)[0];
        sides.computeIfAbsent(name, n -> new HashSet<>()).add(side);
      }
    }
    assertThat(sides.size(), equalTo(80));
    sides.forEach((name, on) -> assertThat(name, on, hasSize(1)));
    assertThat(bench.manifest().get("rows").get("validation").asInt(), equalTo(40));
  }

  @Test
  void ofRowsThatOnlyLookLikeNearCopiesLessThanOneInAHundredIsTakenForOne() throws IOException {
    HardNegatives negatives = new HardNegatives(3);
    List<String> lines = negatives.lines();
    prepare("drop", lines, "--validation=0");

    int wrong = 0;
    int right = 0;
    for (JsonNode record : records("removed-")) {
      int position = record.get("position").asInt() - 1;
      int kept = record.get("kept").get("position").asInt() - 1;
      if (negatives.isCopy(position, kept)) {
        right++;
      } else {
        wrong++;
      }
    }
    assertThat(right, greaterThan(negatives.copies() * 9 / 10));
    assertThat(
        String.format(Locale.ROOT, "%d right, %d wrong", right, wrong),
        wrong * 99,
        lessThan(right + 1));
  }

  @Test
  void aFloodOfOneTemplateIsBoundedAndSaid() throws IOException {
    NearRows rows = new NearRows(8);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      lines.add(pair(QUESTION.replace("carrier", rows.word()), ANSWER));
    }
    Finished finished = prepare("drop", lines, "--validation=0");

    assertThat(
        finished.out(),
        containsString("texts are each similar to many others, as if made from one template"));
    assertThat(bench.manifest().get("near").get("pairs").asInt(), lessThan(8 * 3000));
    assertThat(bench.manifest().get("near").get("crowded").asInt(), greaterThan(2000));
  }

  @Test
  void examplesThatShareALongPhraseWithAnEvaluationSetAreRemovedAndTheSetIsNamed()
      throws IOException {
    NearRows rows = new NearRows(9);
    String phrase = rows.text(13);
    String chinese = "这是一个很长的中文问题它出现在评测集里所以不应该出现在训练数据当中否则结果不可信";
    bench.write("sets/maths.jsonl", NearRows.row("question", "a " + phrase, "answer", "7"));
    bench.write(
        "sets/more.jsonl",
        NearRows.row("q", rows.text(20)),
        NearRows.row("q", chinese),
        NearRows.row("q", "who wrote the first book about the sea?"));
    List<String> lines =
        List.of(
            pair("first " + phrase.toUpperCase(java.util.Locale.ROOT), "one"),
            pair("second " + phrase.substring(1), "two"),
            pair("请问" + chinese.substring(2, 34), "three"),
            pair("Who wrote the first book about the sea", "four"),
            pair("Please say who wrote the first book about the sea", "five"));
    String[] flags = {"--validation=0", "--decontaminate=" + bench.path("sets")};
    Finished finished = run(lines, flags);

    assertThat(finished.err(), finished.code(), equalTo(ExitCode.SUCCEEDED));
    assertThat(
        finished.out(),
        containsString("1 example shares a long phrase with BENCH/sets/maths.jsonl"));
    assertThat(
        bench.manifest().get("rows").get("removed").toString(),
        equalTo("{\"nearCopies\":0,\"contaminated\":3}"));
    List<String> removed = new ArrayList<>();
    for (JsonNode record : records("removed-")) {
      String set = record.get("evaluation").get("file").asText();
      removed.add(
          String.format(
              Locale.ROOT,
              "%s %d %s %d",
              record.get("reason").asText(),
              record.get("position").asInt(),
              set.substring(set.lastIndexOf('/') + 1),
              record.get("evaluation").get("position").asInt()));
    }
    assertThat(
        removed,
        equalTo(
            List.of(
                "contaminated 1 maths.jsonl 1",
                "contaminated 3 more.jsonl 2",
                "contaminated 4 more.jsonl 3")));

    run(lines, flags[0], flags[1], "--contaminated=report", "--overwrite");
    assertThat(bench.manifest().get("rows").has("removed"), equalTo(false));
    assertThat(records("similar-"), hasSize(3));
    assertThat(bench.examples(), hasSize(5));
  }

  @Test
  void whatCannotBeKeptIsRefused() throws IOException {
    assertThat(
        run(List.of(pair("a", "b")), "--nearAction=drop", "--conflicts=majority").err(),
        containsString("--nearAction: drop goes with conflicts: keep only"));
    assertThat(
        run(List.of(pair("a", "b")), "--nearAction=drop", "--dedupBy=prompt").err(),
        containsString("near.by must be prompt with dedupBy: prompt"));
    assertThat(
        run(List.of(pair("a", "b")), "--nearSimilarity=0.9").err(),
        containsString("action must say what to do with near copies"));
    assertThat(
        run(List.of(pair("a", "b")), "--nearAction=drop", "--nearSimilarity=0.2").err(),
        containsString("--nearSimilarity must be at least 0.5 and at most 1, not 0.2"));
  }

  /** 120 texts of six topics, two thirds of them with near copies; their numbers by first word. */
  private static Map<String, Integer> clusters(List<String> lines) {
    NearRows rows = new NearRows(4);
    Map<String, Integer> clusters = new HashMap<>();
    for (int i = 0; i < 240; i++) {
      String text = String.format(Locale.ROOT, "text%d %s", i, rows.text(40));
      lines.add(row(text, i));
      clusters.put("text" + i, i);
      for (int copy = 0; copy < i % 3; copy++) {
        lines.add(row(rows.nearCopy(text), i));
      }
    }
    return clusters;
  }

  private static String row(String text, int i) {
    return NearRows.row("prompt", text, "completion", "ok", "topic", "t" + i % 6);
  }

  /** Validation examples whose cluster is in train too. */
  private int leaksOf(Map<String, Integer> clusters) throws IOException {
    Set<Integer> train = new HashSet<>();
    records("train-").forEach(line -> train.add(cluster(line, clusters)));
    int leaks = 0;
    for (JsonNode line : records("validation-")) {
      leaks += train.contains(cluster(line, clusters)) ? 1 : 0;
    }
    return leaks;
  }

  private static int cluster(JsonNode line, Map<String, Integer> clusters) {
    String text = line.get("messages").get(0).get("content").asText();
    return clusters.getOrDefault(text.toLowerCase(java.util.Locale.ROOT).split(" ", 0)[0], -1);
  }

  private static String pair(String prompt, String completion) {
    return NearRows.row("prompt", prompt, "completion", completion);
  }

  private Finished prepare(String action, List<String> lines, String... flags) throws IOException {
    List<String> all = new ArrayList<>(List.of(flags));
    all.add("--nearAction=" + action);
    Finished finished = run(lines, all.toArray(String[]::new));
    assertThat(finished.err(), finished.code(), equalTo(ExitCode.SUCCEEDED));
    return finished;
  }

  private Finished run(List<String> lines, String... flags) throws IOException {
    List<String> all = new ArrayList<>(List.of(flags));
    all.add("--input=" + bench.write("rows.jsonl", lines.toArray(String[]::new)));
    return bench.prepare(all.toArray(String[]::new));
  }

  private List<JsonNode> records(String prefix) throws IOException {
    List<JsonNode> records = new ArrayList<>();
    for (String line : bench.lines(prefix)) {
      records.add(JSON.readTree(line));
    }
    return records;
  }
}
