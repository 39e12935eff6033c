package dev.tunebeam.transforms.inspect;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.tunebeam.transforms.deduplicate.Chunk;
import dev.tunebeam.transforms.deduplicate.Conflicts;
import dev.tunebeam.transforms.deduplicate.DedupBy;
import dev.tunebeam.transforms.deduplicate.ShardDeduplicator;
import dev.tunebeam.transforms.row.Reason;
import dev.tunebeam.transforms.row.Rejected;
import dev.tunebeam.transforms.row.Row;
import dev.tunebeam.transforms.row.Source;
import dev.tunebeam.transforms.row.Step;
import dev.tunebeam.transforms.shard.ExampleRow;
import dev.tunebeam.transforms.sides.PreviousSides;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.beam.sdk.util.SerializableUtils;
import org.junit.jupiter.api.Test;

/** However a corpus is cut and in whatever order its parts are merged, it is the same corpus. */
class InspectionMergeTest {

  /** Everything that can be asked of an inspection. */
  private static List<Object> described(Inspection inspection) {
    List<Object> all = new ArrayList<>();
    all.add(inspection.rows());
    all.add(inspection.answers());
    all.add(inspection.kept());
    all.add(inspection.summary().classes());
    for (Trait trait : Trait.values()) {
      all.add(inspection.with(trait));
    }
    DelimiterCandidates.all().forEach(text -> all.add(inspection.withDelimiter(text)));
    all.add(inspection.rejections());
    all.add(inspection.duplicates());
    all.add(inspection.conflicting());
    all.add(inspection.conflictingExamples());
    all.add(inspection.lostToMajority());
    all.add(inspection.freeSeparators());
    all.add(inspection.freeStops());
    return all;
  }

  /** An inspection of one row, as different from the others as it can be. */
  private static Inspection one(int row, Random random) {
    Inspection inspection = new Inspection();
    Source source = new Source(random.nextInt(3), random.nextInt(2), row);
    Map<String, Object> fields = new LinkedHashMap<>();
    for (int i = 0; i < 1 + random.nextInt(4); i++) {
      fields.put(
          "field " + random.nextInt(300), random.nextBoolean() ? "text " + row : List.of("a"));
    }
    RowStatistics statistics = new RowStatistics();
    statistics.addRow(new Row(source, "", fields));
    statistics.addPrompt("a prompt " + random.nextInt(3) + " of all");
    statistics.addAnswer("an answer, " + "x".repeat(random.nextInt(300)) + " always");
    inspection.addRows(statistics);
    switch (random.nextInt(4)) {
      case 0 ->
          inspection.addRejection(
              new Rejected(
                  source,
                  Step.NORMALIZE,
                  Reason.BAD_MESSAGES,
                  "message "
                      + row
                      + " is of kind "
                      + (char) ('a' + random.nextInt(26))
                      + (char) ('a' + random.nextInt(26)),
                  ""));
      case 1 -> inspection.addDuplicate(source);
      case 2 -> inspection.addConflict(List.of(source, new Source(0, 0, row)), row);
      default -> {
        inspection.addKept(
            new ExampleNote(
                source,
                random.nextLong(1L << Trait.values().length),
                random.nextInt(1 << DelimiterCandidates.all().size()),
                random.nextInt(5) == 0 ? null : "answer " + random.nextInt(9)));
        String className = random.nextInt(5) == 0 ? null : "class " + random.nextInt(9);
        inspection.addSummary(
            new ShardDeduplicator(
                    random.nextInt(4),
                    DedupBy.EXAMPLE,
                    Conflicts.KEEP,
                    Integer.MAX_VALUE,
                    PreviousSides.NONE.ofShard(0, 4),
                    false,
                    1L << 10,
                    new Chunk.Builder(),
                    chunk -> {})
                .deduplicate(
                    List.of(
                        ByteBuffer.wrap(ExampleRow.of(row, 0, row, className, "line").entry()))));
      }
    }
    return inspection;
  }

  @Property(tries = 60)
  void mergingIsAssociativeAndCommutative(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 400) int rows) {
    Random random = new Random(seed);
    List<Inspection> parts =
        new ArrayList<>(IntStream.range(1, rows + 1).mapToObj(row -> one(row, random)).toList());
    Inspection inOrder = new Inspection();
    parts.forEach(inOrder::merge);
    List<Object> before = parts.stream().map(part -> (Object) described(part)).toList();

    List<Inspection> shuffled = new ArrayList<>(parts);
    Collections.shuffle(shuffled, random);
    while (shuffled.size() > 1) {
      Inspection pair = new Inspection();
      pair.merge(shuffled.remove(random.nextInt(shuffled.size())));
      pair.merge(shuffled.remove(random.nextInt(shuffled.size())));
      shuffled.add(pair);
    }

    assertThat(described(shuffled.get(0)), equalTo(described(inOrder)));
    assertThat(
        "parts are left as they are",
        parts.stream().map(part -> (Object) described(part)).toList(),
        equalTo(before));
  }

  @Property(tries = 10)
  void whatIsSentToAnotherMachineIsTheSame(@ForAll long seed) {
    Inspection inspection = one(1, new Random(seed));
    Inspection sent =
        (Inspection)
            SerializableUtils.deserializeFromByteArray(
                SerializableUtils.serializeToByteArray(inspection), "inspection");
    assertThat(described(sent), equalTo(described(inspection)));
  }

  @Test
  void theFirstFivePlacesAreKeptWhateverTheParts() {
    Tally odd = new Tally();
    Tally even = new Tally();
    for (int row = 20; row > 0; row--) {
      (row % 2 == 0 ? even : odd).add(new Source(0, 0, row), "odd or even " + row % 2);
    }
    odd.add(new Source(0, 0, 1), "another note");
    odd.merge(even);
    assertThat(odd.count(), equalTo(21L));
    assertThat(
        odd.places().keySet().stream().map(Source::row).toList(), equalTo(List.of(1, 2, 3, 4, 5)));
    assertThat(odd.places().get(new Source(0, 0, 1)), equalTo("another note"));
  }

  @Test
  void tooManyAnswersAreToldAsThatWhateverTheParts() {
    AnswerCounts all = new AnswerCounts();
    AnswerCounts half = new AnswerCounts();
    for (int i = 0; i <= AnswerCounts.MOST_ANSWERS; i++) {
      (i % 2 == 0 ? all : half).add("answer " + i);
    }
    assertThat(all.areTooMany(), equalTo(false));
    all.merge(half);
    all.add("answer 1");
    assertThat(all.areTooMany(), equalTo(true));
    assertThat(all.answers(), equalTo(Map.of()));
  }

  @Test
  void ofMoreFieldsThanAreKeptTheFirstByNameHaveExactCounts() {
    FieldStatistics statistics = new FieldStatistics();
    for (int row = 1; row <= 10; row++) {
      Map<String, Object> fields = new LinkedHashMap<>();
      for (int i = 0; i < 300; i++) {
        fields.put(String.format(Locale.ROOT, "f%03d", (i * row) % 300), "x");
      }
      statistics.add(new Row(new Source(0, 0, row), "", fields));
    }
    assertThat(statistics.hasMore(), equalTo(true));
    assertThat(statistics.inOrder().size(), equalTo(FieldStatistics.MOST_FIELDS));
    assertThat(
        statistics.inOrder().stream()
            .filter(field -> field.getKey().equals("f000"))
            .map(field -> field.getValue().filled())
            .toList(),
        equalTo(List.of(10L)));
  }

  @Test
  void secretsInFieldsAreMasked() {
    FieldStatistics statistics = new FieldStatistics();
    statistics.add(
        new Row(
            new Source(0, 0, 1),
            "",
            Map.of("mail", List.of("to ada@example.com " + "x".repeat(99)))));
    assertThat(
        statistics.inOrder().get(0).getValue().examples(),
        equalTo(List.of("[\"to [e-mail address] " + "x".repeat(38) + "…")));
  }
}
