package dev.tunebeam.transforms.split;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.both;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tunebeam.transforms.deduplicate.Signature;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class SplitPlannerTest {

  private static final double[] SHARES = {0.05, 0.1, 0.2, 0.3, 0.5, 0.8};

  /** Prompts of one class each: few or many, with one example or many. */
  @Provide
  Arbitrary<SortedMap<Signature, Long>> singleClass() {
    Arbitrary<Signature> signatures =
        Combinators.combine(
                Arbitraries.of("", " ", "a", "b"),
                Arbitraries.oneOf(
                    Arbitraries.integers().between(1, 5),
                    Arbitraries.integers().between(1, 1_000_000)))
            .as((name, size) -> new Signature(List.of(name), List.of(size)));
    Arbitrary<Long> counts =
        Arbitraries.oneOf(
            Arbitraries.longs().between(1, 5), Arbitraries.longs().between(1, 1_000_000_000));
    return Arbitraries.maps(signatures, counts).ofMinSize(1).ofMaxSize(12).map(TreeMap::new);
  }

  @Property
  void aClassOfItsOwnIsInBothSplitsWithItsShare(
      @ForAll("singleClass") SortedMap<Signature, Long> counts,
      @ForAll @DoubleRange(min = 0, max = 1, minIncluded = false, maxIncluded = false)
          double share) {
    SortedMap<Signature, Long> plan = SplitPlanner.plan(counts, share);

    assertThat(SplitCheck.absent(counts, plan), empty());
    assertThat(SplitCheck.outOfBounds(counts, plan, share), empty());
    assertThat(plan.keySet(), equalTo(counts.keySet()));
    plan.forEach(
        (signature, chosen) ->
            assertThat(
                chosen,
                both(greaterThanOrEqualTo(0L)).and(lessThanOrEqualTo(counts.get(signature)))));
  }

  @Property
  void withoutAShareNothingIsChosen(@ForAll("singleClass") SortedMap<Signature, Long> counts) {
    SortedMap<Signature, Long> nothing = new TreeMap<>(counts);
    nothing.replaceAll((signature, count) -> 0L);

    assertThat(SplitPlanner.plan(counts, 0), equalTo(nothing));
  }

  /** Fixed corpora: that a search finds each of them is known, not proven. */
  @Test
  void promptsOfSeveralClassesAreSplitWellWhereverTrialOfAllSplitsFindsAWay() {
    Random random = new Random(20_000);
    int presentEverywhere = 0;
    int allInBounds = 0;
    for (int i = 0; i < 3000; i++) {
      SortedMap<Signature, Long> counts = severalClasses(random);
      double share = SHARES[random.nextInt(SHARES.length)];
      SortedMap<Signature, Long> plan = SplitPlanner.plan(counts, share);
      BestSplit best = BestSplit.of(counts, share);

      String corpus = counts + " share " + share + " plan " + plan;
      if (best.presentEverywhere()) {
        presentEverywhere++;
        assertThat(corpus, SplitCheck.absent(counts, plan), empty());
      }
      if (best.allInBounds()) {
        allInBounds++;
        assertThat(corpus, SplitCheck.outOfBounds(counts, plan, share), empty());
      }
    }
    assertThat("corpora with a way", presentEverywhere, greaterThanOrEqualTo(2900));
    assertThat("corpora with a good way", allInBounds, greaterThanOrEqualTo(2900));
  }

  @Test
  void presenceGoesBeforeSharesWhereNotBothCanBe() {
    SortedMap<Signature, Long> counts = new TreeMap<>();
    for (int i = 0; i < 50; i++) {
      counts.put(new Signature(List.of("all", "c" + i), List.of(1, 1)), 2L);
    }
    SortedMap<Signature, Long> plan = SplitPlanner.plan(counts, 0.1);

    // One of two prompts of each class: half of "all", though a tenth was asked for.
    assertThat(SplitCheck.absent(counts, plan), empty());
    assertThat(SplitCheck.outOfBounds(counts, plan, 0.1), equalTo(List.of("all")));
    assertThat(plan.values().stream().mapToLong(Long::longValue).sum(), equalTo(50L));
  }

  @Test
  void aClassWithOnePromptIsInOneSplit() {
    SortedMap<Signature, Long> counts = new TreeMap<>(Map.of(Signature.single("a"), 1L));

    assertThat(SplitPlanner.plan(counts, 0.1), equalTo(Map.of(Signature.single("a"), 0L)));
    assertThat(SplitPlanner.plan(counts, 0.9), equalTo(Map.of(Signature.single("a"), 1L)));
  }

  @Test
  void workGrowsWithTheSignaturesEvenIfNoSplitIsGood() {
    for (int size : new int[] {500, 20_000}) {
      Random random = new Random(1);
      SortedMap<Signature, Long> counts = new TreeMap<>();
      while (counts.size() < size) {
        String name = "c" + random.nextInt(size / 4);
        counts.put(
            new Signature(
                List.of("a", name), List.of(1 + random.nextInt(9), 1 + random.nextInt(9))),
            1L);
      }

      long work = SplitPlanner.draft(counts, 0.02).work();
      assertThat(work, greaterThanOrEqualTo(100L * size));
      assertThat(work, lessThan(200_000L + 1_000L * size));
    }
  }

  @Test
  void workIsOneLookForEachSignatureOfOneClass() {
    SortedMap<Signature, Long> counts = new TreeMap<>();
    for (int i = 0; i < 20_000; i++) {
      counts.put(new Signature(List.of("c" + i % 100), List.of(1 + i / 100)), 1L + i % 7);
    }

    assertThat(SplitPlanner.draft(counts, 0.1).work(), lessThan(2 * 20_000L));
  }

  @Test
  void aShareIsFromZeroToBelowOne() {
    for (double share : new double[] {-0.1, 1, Double.NaN}) {
      assertThrows(IllegalArgumentException.class, () -> SplitPlanner.plan(new TreeMap<>(), share));
    }
  }

  /** At most a dozen prompts of up to five classes. */
  private static SortedMap<Signature, Long> severalClasses(Random random) {
    int classes = 1 + random.nextInt(5);
    int largest = 1 + random.nextInt(4);
    SortedMap<Signature, Long> counts = new TreeMap<>();
    for (int prompts = 2 + random.nextInt(11); prompts > 0; prompts--) {
      SortedMap<String, Integer> sizes = new TreeMap<>();
      for (int i = random.nextInt(Math.min(classes, 3)); i >= 0; i--) {
        sizes.put("c" + random.nextInt(classes), 1 + random.nextInt(largest));
      }
      counts.merge(
          new Signature(new ArrayList<>(sizes.keySet()), new ArrayList<>(sizes.values())),
          1L,
          Long::sum);
    }
    return counts;
  }

  /** What the best of all splits reaches. */
  private record BestSplit(boolean presentEverywhere, boolean allInBounds) {

    static BestSplit of(SortedMap<Signature, Long> counts, double share) {
      boolean present = false;
      SortedMap<Signature, Long> split = new TreeMap<>(counts);
      split.replaceAll((signature, count) -> 0L);
      do {
        if (SplitCheck.absent(counts, split).isEmpty()) {
          present = true;
          if (SplitCheck.outOfBounds(counts, split, share).isEmpty()) {
            return new BestSplit(true, true);
          }
        }
      } while (next(split, counts));
      return new BestSplit(present, false);
    }

    /** Counts on by one; false once all splits have been. */
    private static boolean next(
        SortedMap<Signature, Long> split, SortedMap<Signature, Long> counts) {
      for (Map.Entry<Signature, Long> digit : split.entrySet()) {
        if (digit.getValue() < counts.getOrDefault(digit.getKey(), 0L)) {
          digit.setValue(digit.getValue() + 1);
          return true;
        }
        digit.setValue(0L);
      }
      return false;
    }
  }
}
