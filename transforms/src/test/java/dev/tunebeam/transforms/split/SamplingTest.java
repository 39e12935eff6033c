package dev.tunebeam.transforms.split;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tunebeam.transforms.deduplicate.Signature;
import dev.tunebeam.transforms.fingerprint.Fingerprint;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SamplingTest {

  private static final Signature A = Signature.single("a");
  private static final Signature B = Signature.single("b");

  private static SortedMap<Signature, Long> counts(long a, long b) {
    SortedMap<Signature, Long> counts = new TreeMap<>();
    counts.put(A, a);
    counts.put(B, b);
    return counts;
  }

  @Test
  void eachClassKeepsItsShare() {
    assertThat(new Sampling(0.1, 1000).kept(counts(900, 100)), equalTo(counts(90, 10)));
    assertThat(new Sampling(1, 50).kept(counts(900, 100)), equalTo(counts(45, 5)));
    assertThat(new Sampling(0.1, 50).kept(counts(900, 100)), equalTo(counts(45, 5)));
    assertThat(Sampling.ALL.kept(counts(3, 1)), equalTo(counts(3, 1)));
  }

  @Test
  void theLimitIsNeverExceeded() {
    SortedMap<Signature, Long> many = new TreeMap<>();
    for (int i = 0; i < 77; i++) {
      many.put(Signature.single("class " + i), 3L + i % 5);
      many.put(new Signature(List.of("class " + i), List.of(4)), 2L);
    }
    for (long limit : List.of(1L, 10L, 77L, 100L, 500L, 900L)) {
      long kept =
          new Sampling(1, limit)
              .kept(many).entrySet().stream()
                  .mapToLong(count -> count.getKey().size() * count.getValue())
                  .sum();
      assertThat(kept, lessThanOrEqualTo(limit));
    }
  }

  @Test
  void inEachShardTheLastPromptsAreLeftOut() {
    SortedMap<Signature, SortedMap<Integer, Integer>> strata = new TreeMap<>();
    strata.put(A, new TreeMap<>());
    strata.get(A).put(0, 40);
    strata.get(A).put(1, 60);
    SplitPlan plan =
        SplitPlan.of(
            strata, new TreeMap<Fingerprint, Signature>(), new Sampling(0.5, 1000), 0.1, 42);
    assertThat(plan.leavesOut(), equalTo(true));
    for (int rank = 0; rank < 60; rank++) {
      assertThat(plan.isLeftOut(A, 1, rank), equalTo(rank >= 30));
      assertThat(plan.isValidation(A, 1, rank), equalTo(rank < 3));
      assertThat(plan.isLeftOut(A, 0, rank), equalTo(rank >= 20));
    }
  }

  @Test
  void ofPromptsTooLargeForAChunkTheLastAreLeftOut() {
    Signature large = new Signature(List.of("a"), List.of(1000));
    SortedMap<Fingerprint, Signature> spanning = new TreeMap<>();
    for (int i = 0; i < 10; i++) {
      spanning.put(new Fingerprint(0, i), large);
    }
    SplitPlan plan = SplitPlan.of(new TreeMap<>(), spanning, new Sampling(0.4, 10_000), 0.25, 42);
    List<Fingerprint> prompts = List.copyOf(spanning.keySet());
    assertThat(
        prompts.stream().map(plan::isLeftOut).toList().toString(),
        equalTo("[false, false, false, false, true, true, true, true, true, true]"));
    assertThat(
        prompts.stream().filter(plan::isValidation).toList(), equalTo(prompts.subList(0, 1)));
  }

  @Test
  void aSampleOfNothingIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Sampling(0, 5));
    assertThrows(IllegalArgumentException.class, () -> new Sampling(0.5, 0));
  }
}
