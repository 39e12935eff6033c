package dev.tunebeam.transforms.split;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import dev.tunebeam.transforms.deduplicate.Signature;
import dev.tunebeam.transforms.fingerprint.Fingerprint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import org.apache.beam.sdk.util.SerializableUtils;
import org.junit.jupiter.api.Test;

class SplitPlanTest {

  /** Signatures with prompts by shard, and some prompts that span several chunks. */
  record Corpus(
      SortedMap<Signature, SortedMap<Integer, Integer>> strata,
      SortedMap<Fingerprint, Signature> spanning) {

    SortedMap<Signature, Long> counts() {
      SortedMap<Signature, Long> counts = new TreeMap<>();
      strata.forEach(
          (signature, byShard) ->
              byShard.values().forEach(n -> counts.merge(signature, (long) n, Long::sum)));
      spanning.values().forEach(signature -> counts.merge(signature, 1L, Long::sum));
      return counts;
    }

    SplitPlan plan(double share, long seed) {
      return SplitPlan.of(strata, spanning, Sampling.ALL, share, seed);
    }
  }

  @Provide
  Arbitrary<Corpus> corpora() {
    Arbitrary<Signature> signatures =
        Arbitraries.of(
            Signature.single("a"),
            Signature.single("b"),
            new Signature(List.of("a"), List.of(3)),
            new Signature(List.of("b"), List.of(70)),
            new Signature(List.of("a", "b"), List.of(1, 2)));
    Arbitrary<SortedMap<Integer, Integer>> shards =
        Arbitraries.maps(
                Arbitraries.integers().between(0, 20), Arbitraries.integers().between(1, 40))
            .ofMinSize(1)
            .ofMaxSize(8)
            .map(TreeMap::new);
    Arbitrary<Fingerprint> fingerprints = Arbitraries.longs().map(n -> new Fingerprint(n, 1));
    return Combinators.combine(
            Arbitraries.maps(signatures, shards).ofMaxSize(5),
            Arbitraries.maps(fingerprints, signatures).ofMaxSize(4))
        .as((strata, spanning) -> new Corpus(new TreeMap<>(strata), new TreeMap<>(spanning)));
  }

  @Property
  void asManyOfEachSignatureAsPlannedAndTheFirstOfEachShard(
      @ForAll("corpora") Corpus corpus,
      @ForAll @DoubleRange(min = 0, max = 0.99) double share,
      @ForAll long seed) {
    SplitPlan plan = corpus.plan(share, seed);

    assertThat(chosen(corpus, plan), equalTo(SplitPlanner.plan(corpus.counts(), share)));
    corpus
        .strata()
        .forEach(
            (signature, byShard) ->
                byShard.forEach(
                    (shard, prompts) -> {
                      List<Boolean> ranks = ranks(plan, signature, shard, prompts + 5);
                      long first = ranks.stream().filter(v -> v).count();
                      assertThat("no more than there are", first <= prompts);
                      assertThat(ranks.lastIndexOf(true), equalTo((int) first - 1));
                    }));
  }

  @Property
  void eachShardGivesItsPartToWithinOnePrompt(
      @ForAll("corpora") Corpus corpus,
      @ForAll @DoubleRange(min = 0, max = 0.99) double share,
      @ForAll long seed) {
    Corpus withoutSpanning = new Corpus(corpus.strata(), new TreeMap<>());
    SplitPlan plan = withoutSpanning.plan(share, seed);
    SortedMap<Signature, Long> chosen = chosen(withoutSpanning, plan);

    corpus
        .strata()
        .forEach(
            (signature, byShard) -> {
              double all = byShard.values().stream().mapToInt(Integer::intValue).sum();
              byShard.forEach(
                  (shard, prompts) -> {
                    long here =
                        ranks(plan, signature, shard, prompts).stream().filter(v -> v).count();
                    double fair = chosen.getOrDefault(signature, 0L) * prompts / all;
                    assertThat(here + " of " + fair, Math.abs(here - fair) < 1);
                  });
            });
  }

  @Property
  void theSameSeedGivesTheSameSplitAlsoOnAnotherMachine(
      @ForAll("corpora") Corpus corpus,
      @ForAll @DoubleRange(min = 0, max = 0.99) double share,
      @ForAll long seed) {
    SplitPlan plan = corpus.plan(share, seed);

    assertThat(text(corpus, corpus.plan(share, seed)), equalTo(text(corpus, plan)));
    assertThat(text(corpus, SerializableUtils.clone(plan)), equalTo(text(corpus, plan)));
  }

  @Test
  void anotherSeedTakesTheOddPromptFromAnotherShard() {
    SortedMap<Integer, Integer> byShard = new TreeMap<>();
    for (int shard = 0; shard < 50; shard++) {
      byShard.put(shard, 1);
    }
    Corpus corpus =
        new Corpus(new TreeMap<>(Map.of(Signature.single("a"), byShard)), new TreeMap<>());

    assertThat(text(corpus, corpus.plan(0.5, 1)), not(equalTo(text(corpus, corpus.plan(0.5, 2)))));
    assertThat(chosen(corpus, corpus.plan(0.5, 1)), equalTo(chosen(corpus, corpus.plan(0.5, 2))));
  }

  @Test
  void ofTheSpanningPromptsTheLowestFingerprintsAreChosen() {
    SortedMap<Fingerprint, Signature> spanning = new TreeMap<>();
    for (int i = 0; i < 10; i++) {
      spanning.put(new Fingerprint(-i, i), new Signature(List.of("a"), List.of(1000)));
    }
    Corpus corpus = new Corpus(new TreeMap<>(), spanning);
    SplitPlan plan = corpus.plan(0.2, 42);

    List<Fingerprint> chosen = spanning.keySet().stream().filter(plan::isValidation).toList();
    assertThat(chosen, equalTo(List.of(new Fingerprint(0, 0), new Fingerprint(-9, 9))));
  }

  @Test
  void withoutAShareNothingIsForValidation() {
    Signature signature = Signature.single("a");
    SortedMap<Fingerprint, Signature> spanning =
        new TreeMap<>(Map.of(new Fingerprint(0, 0), signature));
    Corpus corpus =
        new Corpus(new TreeMap<>(Map.of(signature, new TreeMap<>(Map.of(0, 9)))), spanning);
    SplitPlan plan = corpus.plan(0, 42);

    assertThat(chosen(corpus, plan), equalTo(Map.of(signature, 0L)));
  }

  @Test
  void aPromptThatIsNotInThePlanIsForTraining() {
    SplitPlan plan = new Corpus(new TreeMap<>(), new TreeMap<>()).plan(0.5, 1);

    assertThat(plan.isValidation(Signature.single("a"), 0, 0), equalTo(false));
    assertThat(plan.isValidation(new Fingerprint(0, 0)), equalTo(false));
  }

  @Test
  void tenBillionPromptsAreDividedWithoutOverflow() {
    SortedMap<Integer, Integer> byShard = new TreeMap<>();
    for (int shard = 0; shard < 10_000; shard++) {
      byShard.put(shard, 1_000_000);
    }
    Corpus corpus =
        new Corpus(new TreeMap<>(Map.of(Signature.single("a"), byShard)), new TreeMap<>());
    SplitPlan plan = corpus.plan(0.5, 1);

    for (int shard = 0; shard < 10_000; shard++) {
      assertThat(plan.isValidation(Signature.single("a"), shard, 499_999), equalTo(true));
      assertThat(plan.isValidation(Signature.single("a"), shard, 500_000), equalTo(false));
    }
  }

  private static SortedMap<Signature, Long> chosen(Corpus corpus, SplitPlan plan) {
    SortedMap<Signature, Long> chosen = new TreeMap<>(corpus.counts());
    chosen.replaceAll((signature, count) -> 0L);
    corpus
        .strata()
        .forEach(
            (signature, byShard) ->
                byShard.forEach(
                    (shard, prompts) ->
                        chosen.merge(
                            signature,
                            ranks(plan, signature, shard, prompts).stream().filter(v -> v).count(),
                            Long::sum)));
    corpus
        .spanning()
        .forEach(
            (prompt, signature) ->
                chosen.merge(signature, plan.isValidation(prompt) ? 1L : 0L, Long::sum));
    return chosen;
  }

  private static List<Boolean> ranks(SplitPlan plan, Signature signature, int shard, int prompts) {
    List<Boolean> ranks = new ArrayList<>();
    for (int rank = 0; rank < prompts; rank++) {
      ranks.add(plan.isValidation(signature, shard, rank));
    }
    return ranks;
  }

  private static String text(Corpus corpus, SplitPlan plan) {
    StringBuilder text = new StringBuilder();
    corpus
        .strata()
        .forEach(
            (signature, byShard) ->
                byShard.forEach(
                    (shard, prompts) -> text.append(ranks(plan, signature, shard, prompts))));
    corpus.spanning().keySet().forEach(prompt -> text.append(plan.isValidation(prompt)));
    return text.toString();
  }
}
