package dev.tunebeam.pipelines.gates;

import dev.tunebeam.dataset.Manifest;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A dataset and the one that it continues, as gates compare them.
 *
 * @param now the figures of the dataset
 * @param before those of the one before; null if it continues none
 * @param prompts how the prompts of the two differ; null if it continues none
 */
public record DatasetPair(
    DatasetFigures now, @Nullable DatasetFigures before, Manifest.@Nullable Since prompts) {

  private static final Measured NO_PREVIOUS = Measured.nothing("no previous dataset");

  /** The dataset of a manifest, and the one before. */
  public static DatasetPair of(Manifest manifest, @Nullable DatasetFigures before) {
    Manifest.Sides sides = manifest.sides();
    return new DatasetPair(
        DatasetFigures.of(manifest), before, sides == null ? null : sides.since());
  }

  /** Measures how the prompts differ. */
  Measured since(Function<Manifest.Since, Measured> measure) {
    return prompts == null ? NO_PREVIOUS : measure.apply(prompts);
  }

  /** Measures how the classes differ. */
  Measured shift(Function<ClassShift, Measured> measure) {
    if (before == null) {
      return NO_PREVIOUS;
    }
    ClassShift shift = classShift();
    return shift == null ? Measured.nothing("no classes to compare") : measure.apply(shift);
  }

  /** How the classes differ; null if one of the datasets has none, or there is none before. */
  @Nullable ClassShift classShift() {
    if (before == null) {
      return null;
    }
    boolean ofValidation = now.newOnly() || before.newOnly();
    SortedMap<String, Long> old = before.byClass(ofValidation);
    SortedMap<String, Long> set = now.byClass(ofValidation);
    return old.isEmpty() || set.isEmpty() ? null : ClassShift.of(old, set);
  }

  /** Measures the change of a percentile of the tokens. */
  Measured tokens(ToLongFunction<Manifest.PerExample> percentile) {
    if (before == null) {
      return NO_PREVIOUS;
    }
    return now.tokens().encoding().equals(before.tokens().encoding())
        ? change(
            percentile.applyAsLong(before.tokens().perExample()),
            percentile.applyAsLong(now.tokens().perExample()))
        : Measured.nothing("counted with " + before.tokens().encoding() + " before");
  }

  /** Measures the change of a percentile of the lengths. */
  Measured lengths(ToLongFunction<Manifest.Lengths> percentile) {
    if (before == null) {
      return NO_PREVIOUS;
    }
    Manifest.Lengths old = before.lengths();
    Manifest.Lengths set = now.lengths();
    return old == null || set == null
        ? Measured.nothing("the previous dataset does not say")
        : change(percentile.applyAsLong(old), percentile.applyAsLong(set));
  }

  private static Measured change(long before, long now) {
    return Measured.change(
        BigDecimal.valueOf(before), BigDecimal.valueOf(now), "from " + before + " to " + now);
  }

  /** Measures the change of the price. */
  Measured priceChange() {
    if (before == null) {
      return NO_PREVIOUS;
    }
    BigDecimal old = before.cost().usd();
    BigDecimal set = now.cost().usd();
    if (now.isPart() != before.isPart()) {
      return Measured.nothing("only one of the two is of new examples alone");
    }
    return set == null
        ? Measured.unknown("the price is unknown")
        : old == null
            ? Measured.nothing("the price was unknown before")
            : Measured.change(
                old, set, "from $%s to $%s".formatted(old.toPlainString(), set.toPlainString()));
  }

  /** Measures the accuracy of always answering the class that is most frequent, with its name. */
  Measured baseline() {
    SortedMap<String, Long> counts = now.byClass(false);
    Map.Entry<String, Long> most =
        counts.entrySet().stream().max(Comparator.comparingLong(Map.Entry::getValue)).orElse(null);
    return most == null
        ? Measured.nothing("no classes")
        : new Measured(
            Objects.requireNonNull(Measured.share(most.getValue(), now.examples()).figure()),
            false,
            most.getKey());
  }
}
