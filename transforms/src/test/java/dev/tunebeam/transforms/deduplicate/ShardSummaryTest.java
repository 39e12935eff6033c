package dev.tunebeam.transforms.deduplicate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.tunebeam.transforms.fingerprint.Fingerprint;
import dev.tunebeam.transforms.row.RangeStats;
import dev.tunebeam.transforms.row.Reason;
import dev.tunebeam.transforms.row.Rejected;
import dev.tunebeam.transforms.row.Source;
import dev.tunebeam.transforms.row.Step;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.beam.sdk.util.SerializableUtils;
import org.junit.jupiter.api.Test;

class ShardSummaryTest {

  @Property(tries = 100)
  void theOrderOfMergingChangesNothing(@ForAll Random random) {
    MergeSummaries merge = new MergeSummaries();
    List<ShardSummary> summaries = new ArrayList<>();
    for (int shard = 0; shard < 6; shard++) {
      summaries.add(summary(shard));
    }
    ShardSummary inOrder = merge.createAccumulator();
    for (ShardSummary summary : summaries) {
      inOrder = merge.addInput(inOrder, summary);
    }
    Collections.shuffle(summaries, random);
    int cut = random.nextInt(7);
    ShardSummary left = merge.createAccumulator();
    ShardSummary right = merge.createAccumulator();
    for (int i = 0; i < summaries.size(); i++) {
      merge.addInput(i < cut ? left : right, SerializableUtils.clone(summaries.get(i)));
    }
    ShardSummary shuffled = merge.extractOutput(merge.mergeAccumulators(List.of(right, left)));

    assertThat(text(shuffled), equalTo(text(inOrder)));
  }

  @Test
  void mergingAddsUpAndLeavesWhatIsMergedAlone() {
    ShardSummary one = summary(1);
    ShardSummary two = summary(2);
    ShardSummary all = new ShardSummary();
    all.merge(one);
    all.merge(two);

    assertThat(text(one), equalTo(text(summary(1))));
    assertThat(all.read(), equalTo(2 * 10L + 2));
    assertThat(all.duplicates(), equalTo(2L));
    assertThat(all.conflicts(), equalTo(2L));
    assertThat(all.kept(), equalTo(4L));
    assertThat(all.cleaned(), equalTo(2L));
    assertThat(all.truncated(), equalTo(2L));
    assertThat(all.prompts(), equalTo(2L));
    assertThat(all.tokenCounts(), equalTo(Map.of(7, 2L, 1, 1L, 2, 1L)));
    // 130 and 131 have eight bits, of which seven are kept.
    assertThat(all.lineLengths(), equalTo(Map.of(127, 2L, 130, 2L)));
    assertThat(all.rejected(), equalTo(Map.of(Reason.RAGGED_ROW, 12L)));
    assertThat(all.strata(), equalTo(Map.of(Signature.single("a"), Map.of(1, 3, 2, 3))));
    assertThat(
        all.spanning(),
        equalTo(
            Map.of(
                new Fingerprint(1, 1), Signature.single("b"),
                new Fingerprint(2, 2), Signature.single("b"))));
    assertThat(all.classes(), equalTo(Map.of("a", 6L, "b", 2L)));
    assertThat(all.positions(), equalTo(Map.of(0, Map.of(1, 11L, 2, 11L))));
    assertThat(all.rowsByFile(), equalTo(Map.of(0, 20L)));
  }

  @Test
  void examplesOfAClassAreCountedInAllPromptsOfAllBuckets() {
    ShardSummary summary = new ShardSummary();
    Signature two = new Signature(List.of("", "a"), List.of(1, 4));
    summary.addPrompts(strata(1, Map.of(two, 3, Signature.single("a"), 2)));
    summary.addPrompts(strata(2, Map.of(two, 1)));
    summary.addSpanning(Map.of(new Fingerprint(1, 1), two));
    assertThat(summary.classes(), equalTo(Map.of("", 5L, "a", 22L)));
  }

  @Test
  void ofTooManyClassesNothingIsKeptButThatInWhateverOrderTheyAreMerged() {
    for (int length : new int[] {1, 5_000}) {
      List<ShardSummary> parts = new ArrayList<>();
      for (int part = 0; part < 3; part++) {
        ShardSummary summary = new ShardSummary();
        for (int i = 0; i < (length == 1 ? 5_001 : 1_001); i++) {
          Signature name = Signature.single("x".repeat(length) + (i + part % 2 * 6_000));
          summary.addKept(1, 1, false, false);
          if (i % 2 == 0) {
            summary.addPrompts(strata(part, Map.of(name, 1)));
          } else {
            summary.addSpanning(Map.of(new Fingerprint(part, i), name));
          }
        }
        assertThat(summary.hasTooManyClasses(), equalTo(false));
        parts.add(summary);
      }
      for (List<Integer> order : List.of(List.of(0, 2, 1), List.of(1, 0, 2), List.of(0, 1, 2))) {
        ShardSummary merged = new ShardSummary();
        order.forEach(part -> merged.merge(parts.get(part)));
        assertThat(merged.hasTooManyClasses(), equalTo(true));
        assertThat(merged.classes(), equalTo(Map.of()));
        assertThat(merged.strata(), equalTo(Map.of()));
        assertThat(merged.spanning(), equalTo(Map.of()));
        assertThat(merged.kept(), equalTo(length == 1 ? 15_003L : 3_003L));
      }
      ShardSummary same = new ShardSummary();
      same.merge(parts.get(0));
      same.merge(parts.get(2));
      assertThat(same.hasTooManyClasses(), equalTo(false));
    }
  }

  @Test
  void theFirstFivePlacesOfEachReasonAreKept() {
    ShardSummary all = new ShardSummary();
    all.merge(summary(2));
    all.merge(summary(1));

    assertThat(
        all.places(),
        equalTo(
            Map.of(
                Reason.RAGGED_ROW,
                Map.of(
                    new Source(0, 1, 1), "m1",
                    new Source(0, 1, 2), "m2",
                    new Source(0, 1, 3), "m3",
                    new Source(0, 1, 4), "m4",
                    new Source(0, 1, 5), "m5"))));
  }

  @Test
  void ofSeveralExamplesOfARowOneIsShownInWhateverOrderTheyCome() {
    Source row = new Source(0, 0, 1);
    List<ShardSummary> shards = new ArrayList<>();
    for (String message : List.of("b", "a", "c")) {
      ShardSummary shard = new ShardSummary();
      shard.addRejected(new Rejected(row, 1, Step.COUNT, Reason.TOO_LONG, message, ""));
      shards.add(shard);
    }
    for (int first = 0; first < 3; first++) {
      ShardSummary merged = new ShardSummary();
      for (int i = 0; i < 3; i++) {
        merged.merge(shards.get((first + i) % 3));
      }
      assertThat(merged.places(), equalTo(Map.of(Reason.TOO_LONG, Map.of(row, "a"))));
      assertThat(merged.rejectedTotal(), equalTo(3L));
    }
  }

  private static ShardSummary summary(int shard) {
    ShardSummary summary = new ShardSummary();
    summary.addStats(new RangeStats(0, shard, 10, 11));
    summary.addFurtherExample();
    summary.addDuplicate();
    summary.addConflict();
    summary.addPrompt();
    summary.addKept(7, 127, true, false);
    summary.addKept(shard, 129 + shard, false, true);
    for (int row = 6; row > 0; row--) {
      summary.addRejected(
          new Rejected(new Source(0, shard, row), Step.READ, Reason.RAGGED_ROW, "m" + row, "raw"));
    }
    summary.addPrompts(strata(shard, Map.of(Signature.single("a"), 3)));
    summary.addSpanning(Map.of(new Fingerprint(shard, shard), Signature.single("b")));
    return summary;
  }

  private static SortedMap<Signature, SortedMap<Integer, Integer>> strata(
      int bucket, Map<Signature, Integer> counts) {
    SortedMap<Signature, SortedMap<Integer, Integer>> strata = new TreeMap<>();
    counts.forEach(
        (signature, count) -> strata.put(signature, new TreeMap<>(Map.of(bucket, count))));
    return strata;
  }

  private static String text(ShardSummary s) {
    return String.format(
        Locale.ROOT,
        "%d %d %d %d %d %d %d %d %s %s %s %s %s %s %s %s %s",
        s.rows(),
        s.read(),
        s.duplicates(),
        s.prompts(),
        s.conflicts(),
        s.kept(),
        s.cleaned(),
        s.truncated(),
        s.rejected(),
        s.places(),
        s.tokenCounts(),
        s.lineLengths(),
        s.strata(),
        s.spanning(),
        s.classes(),
        s.positions(),
        s.rowsByFile());
  }
}
