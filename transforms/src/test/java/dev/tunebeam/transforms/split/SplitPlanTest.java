package dev.tunebeam.transforms.split;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.lessThan;

import dev.tunebeam.transforms.deduplicate.Signature;
import dev.tunebeam.transforms.fingerprint.Fingerprint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
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
import org.apache.beam.sdk.util.SerializableUtils;
import org.junit.jupiter.api.Test;

class SplitPlanTest {

  /** Signatures with the orders of their prompts, and some prompts that span several chunks. */
  record Corpus(SortedMap<Signature, long[]> prompts, SortedMap<Fingerprint, Signature> spanning) {

    SortedMap<Signature, Long> counts() {
      SortedMap<Signature, Long> counts = new TreeMap<>();
      prompts.forEach((signature, orders) -> counts.put(signature, (long) orders.length));
      spanning.values().forEach(signature -> counts.merge(signature, 1L, Long::sum));
      return counts;
    }

    /** All orders of a signature, the lowest first. */
    List<Long> sorted(Signature signature) {
      List<Long> all = new ArrayList<>();
      for (long order : prompts.getOrDefault(signature, new long[0])) {
        all.add(order);
      }
      spanning.forEach(
          (prompt, of) -> {
            if (of.equals(signature)) {
              all.add(prompt.order());
            }
          });
      all.sort(Long::compareUnsigned);
      return all;
    }

    SplitPlan plan(double share) {
      return Orders.plan(prompts, spanning, Sampling.ALL, share);
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
    Arbitrary<long[]> orders =
        Combinators.combine(Arbitraries.integers().between(1, 300), Arbitraries.randoms())
            .as((prompts, random) -> random.longs(prompts).toArray());
    Arbitrary<Fingerprint> fingerprints =
        Arbitraries.randoms().map(random -> new Fingerprint(1, random.nextLong()));
    return Combinators.combine(
            Arbitraries.maps(signatures, orders).ofMaxSize(5),
            Arbitraries.maps(fingerprints, signatures).ofMaxSize(4))
        .as((prompts, spanning) -> new Corpus(new TreeMap<>(prompts), new TreeMap<>(spanning)));
  }

  @Property
  void asManyOfEachSignatureAsPlannedAndTheLowestOrders(
      @ForAll("corpora") Corpus corpus, @ForAll @DoubleRange(min = 0, max = 0.99) double share) {
    SplitPlan plan = corpus.plan(share);

    SortedMap<Signature, Long> planned = SplitPlanner.plan(corpus.counts(), share);
    corpus
        .counts()
        .keySet()
        .forEach(
            signature -> {
              List<Long> orders = corpus.sorted(signature);
              long lowest = planned.getOrDefault(signature, 0L);
              for (int i = 0; i < orders.size(); i++) {
                assertThat(
                    String.format(Locale.ROOT, "%d of %d", i, lowest),
                    plan.isValidation(signature, orders.get(i)),
                    equalTo(i < lowest));
              }
            });
    corpus
        .spanning()
        .forEach(
            (prompt, signature) ->
                assertThat(
                    plan.isValidation(prompt),
                    equalTo(plan.isValidation(signature, prompt.order()))));
  }

  @Property(tries = 100)
  void thePlanIsTheSameInWhateverPartsTheOrdersComeAndOnAnotherMachine(
      @ForAll("corpora") Corpus corpus,
      @ForAll @DoubleRange(min = 0, max = 0.99) double share,
      @ForAll Random random) {
    SplitQuota quota =
        SerializableUtils.clone(
            SplitQuota.of(Orders.strata(corpus.prompts()), corpus.spanning(), Sampling.ALL, share));
    List<OpenOrders> parts = new ArrayList<>();
    corpus
        .prompts()
        .forEach(
            (signature, orders) -> {
              for (long order : orders) {
                OpenOrders one = new OpenOrders();
                quota.ask(signature, order, one);
                parts.add(one);
              }
            });
    Collections.shuffle(parts, random);
    parts.add(SerializableUtils.clone(parts.isEmpty() ? new OpenOrders() : parts.remove(0)));

    assertThat(
        text(corpus, SerializableUtils.clone(quota.close(parts))),
        equalTo(text(corpus, corpus.plan(share))));
  }

  @Test
  void aPromptMovesOnlyWhereTheShareGrowsPastIt() {
    Random random = new Random(1);
    long[] orders = random.longs(15_000).toArray();
    Signature a = Signature.single("a");
    SplitPlan before =
        new Corpus(new TreeMap<>(Map.of(a, Arrays.copyOf(orders, 10_000))), none()).plan(0.1);
    SplitPlan after = new Corpus(new TreeMap<>(Map.of(a, orders)), none()).plan(0.1);

    int moved = 0;
    for (int i = 0; i < 10_000; i++) {
      moved += before.isValidation(a, orders[i]) == after.isValidation(a, orders[i]) ? 0 : 1;
    }
    assertThat(moved, lessThan(60));
  }

  @Test
  void ofTheSpanningPromptsTheLowestOrdersAreChosen() {
    SortedMap<Fingerprint, Signature> spanning = new TreeMap<>();
    for (int i = 0; i < 10; i++) {
      spanning.put(new Fingerprint(-i, i), new Signature(List.of("a"), List.of(1000)));
    }
    SplitPlan plan = new Corpus(new TreeMap<>(), spanning).plan(0.2);

    List<Fingerprint> chosen = spanning.keySet().stream().filter(plan::isValidation).toList();
    assertThat(chosen, equalTo(List.of(new Fingerprint(0, 0), new Fingerprint(-1, 1))));
  }

  @Test
  void withoutAShareNothingIsForValidation() {
    Signature signature = Signature.single("a");
    SortedMap<Fingerprint, Signature> spanning =
        new TreeMap<>(Map.of(new Fingerprint(0, 0), signature));
    SplitPlan plan =
        new Corpus(new TreeMap<>(Map.of(signature, new long[] {0, 5, -1})), spanning).plan(0);

    for (long order : new long[] {0, 5, -1}) {
      assertThat(plan.isValidation(signature, order), equalTo(false));
    }
    assertThat(plan.isValidation(new Fingerprint(0, 0)), equalTo(false));
  }

  @Test
  void aPromptThatIsNotInThePlanIsForTraining() {
    SplitPlan plan = new Corpus(new TreeMap<>(), none()).plan(0.5);

    assertThat(plan.isValidation(Signature.single("a"), 0), equalTo(false));
    assertThat(plan.isValidation(new Fingerprint(0, 0)), equalTo(false));
    assertThat(plan.isLeftOut(new Fingerprint(0, 0)), equalTo(false));
  }

  private static SortedMap<Fingerprint, Signature> none() {
    return new TreeMap<>();
  }

  private static String text(Corpus corpus, SplitPlan plan) {
    StringBuilder text = new StringBuilder();
    corpus
        .counts()
        .keySet()
        .forEach(
            signature ->
                corpus
                    .sorted(signature)
                    .forEach(order -> text.append(plan.isValidation(signature, order) ? 1 : 0)));
    corpus.spanning().keySet().forEach(prompt -> text.append(plan.isValidation(prompt) ? 1 : 0));
    return text.toString();
  }
}
