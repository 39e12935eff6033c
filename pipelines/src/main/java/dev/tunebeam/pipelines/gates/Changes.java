package dev.tunebeam.pipelines.gates;

import dev.tunebeam.dataset.Manifest.PerExample;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What has changed so much since the previous dataset that it is worth a look, whatever the gates
 * of the recipe. The thresholds are usual ones: Jensen-Shannon of 0.1 as in Evidently, a tenth of
 * the tokens, 5 percentage points of the rows. A pure function.
 */
public final class Changes {

  private static final BigDecimal POINTS = new BigDecimal("0.05");
  private static final BigDecimal TOKENS = new BigDecimal("0.1");
  private static final BigDecimal PRICE = new BigDecimal("0.2");
  private static final BigDecimal CENT = new BigDecimal("0.01");
  private static final BigDecimal DIVERGENCE = new BigDecimal("0.1");

  private final DatasetFigures before;
  private final DatasetFigures now;
  private final List<Change> found = new ArrayList<>();

  private Changes(DatasetFigures before, DatasetFigures now) {
    this.before = before;
    this.now = now;
  }

  /** The changes; empty if nothing is notable, or there is no previous dataset. */
  public static List<Change> of(DatasetPair pair) {
    DatasetFigures before = pair.before();
    return before == null ? List.of() : new Changes(before, pair.now()).found(pair);
  }

  private List<Change> found(DatasetPair pair) {
    long rows = before.rows().read();
    if (now.rows().read() * 2 < rows || now.rows().read() > rows * 2) {
      add("rows", Unit.COUNT, BigDecimal.valueOf(rows), BigDecimal.valueOf(now.rows().read()));
    }
    points("rejected", of -> Measured.share(of.rows().rejected().total(), of.asked()));
    points("duplicates", of -> Measured.share(of.rows().duplicates(), of.asked()));
    points("conflicts", DatasetFigures::conflictShare);
    ClassShift shift = pair.classShift();
    if (shift != null) {
      classes(shift);
    }
    if (now.tokens().encoding().equals(before.tokens().encoding())) {
      tokens("tokens p50", PerExample::p50);
      tokens("tokens p95", PerExample::p95);
    }
    BigDecimal old = before.cost().usd();
    BigDecimal set = now.cost().usd();
    // A dataset of what is new costs what there is of it.
    boolean arePricesAlike = !now.newOnly() && !before.newOnly();
    if (old != null
        && set != null
        && arePricesAlike
        && exceeds(old, set, PRICE)
        && set.subtract(old).abs().compareTo(CENT) >= 0) {
      add("price", Unit.DOLLARS, old, set);
    }
    return List.copyOf(found);
  }

  private void classes(ClassShift shift) {
    names("new classes", shift.added());
    names("vanished classes", shift.vanished());
    BigDecimal divergence = Objects.requireNonNull(Measured.number(shift.divergence()).figure());
    if (divergence.compareTo(DIVERGENCE) >= 0) {
      found.add(
          new Change("class shares", Unit.NUMBER, null, divergence, "Jensen-Shannon divergence"));
    }
  }

  private void names(String measure, List<String> names) {
    Measured measured = Measured.names(names);
    if (!names.isEmpty()) {
      found.add(
          new Change(
              measure,
              Unit.COUNT,
              null,
              Objects.requireNonNull(measured.figure()),
              measured.note()));
    }
  }

  private void points(String measure, Function<DatasetFigures, Measured> share) {
    BigDecimal old = share.apply(before).figure();
    BigDecimal set = share.apply(now).figure();
    if (old != null && set != null && set.subtract(old).abs().compareTo(POINTS) >= 0) {
      add(measure, Unit.SHARE, old, set);
    }
  }

  private void tokens(String measure, Function<PerExample, Long> percentile) {
    BigDecimal old = BigDecimal.valueOf(percentile.apply(before.tokens().perExample()));
    BigDecimal set = BigDecimal.valueOf(percentile.apply(now.tokens().perExample()));
    if (exceeds(old, set, TOKENS)) {
      add(measure, Unit.COUNT, old, set);
    }
  }

  private static boolean exceeds(BigDecimal old, BigDecimal set, BigDecimal relative) {
    return set.compareTo(old) != 0
        && set.subtract(old).abs().compareTo(old.multiply(relative)) >= 0;
  }

  private void add(String measure, Unit unit, @Nullable BigDecimal old, BigDecimal set) {
    found.add(new Change(measure, unit, old, set, null));
  }
}
