package dev.tunebeam.transforms.split;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tunebeam.transforms.deduplicate.Signature;
import dev.tunebeam.transforms.fingerprint.Fingerprint;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;
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
  void theLastPromptsInOrderAreLeftOut() {
    long[] orders = LongStream.range(0, 100).map(i -> i * (Long.MAX_VALUE / 50)).toArray();
    SplitPlan plan = Orders.plan(Map.of(A, orders), new TreeMap<>(), new Sampling(0.5, 1000), 0.1);
    assertThat(plan.leavesOut(), equalTo(true));
    for (int rank = 0; rank < 100; rank++) {
      assertThat(plan.isLeftOut(A, orders[rank]), equalTo(rank >= 50));
      assertThat(plan.isValidation(A, orders[rank]), equalTo(rank < 5));
    }
  }

  @Test
  void ofPromptsTooLargeForAChunkTheLastAreLeftOut() {
    Signature large = new Signature(List.of("a"), List.of(1000));
    SortedMap<Fingerprint, Signature> spanning = new TreeMap<>();
    for (int i = 0; i < 10; i++) {
      spanning.put(new Fingerprint(0, i), large);
    }
    SplitPlan plan = Orders.plan(Map.of(), spanning, new Sampling(0.4, 10_000), 0.25);
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
