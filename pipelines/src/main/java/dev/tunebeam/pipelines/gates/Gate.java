package dev.tunebeam.pipelines.gates;

import dev.tunebeam.dataset.Manifest;
import dev.tunebeam.pipelines.recipe.GatesSection;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All gates: what each measures, and what to do if it fails. Pure functions of two datasets. */
@SuppressWarnings("ImmutableEnumChecker") // its functions have no state
public enum Gate {
  MAX_REJECTED(
      GatesSection::gatesMaxRejected,
      Unit.SHARE,
      of -> Measured.share(of.now().rows().rejected().total(), of.now().asked()),
      "rejected rows",
      "see Rejected rows in the report for the reasons"),
  MAX_DUPLICATES(
      GatesSection::gatesMaxDuplicates,
      Unit.SHARE,
      of -> Measured.share(of.now().rows().duplicates(), of.now().asked()),
      "duplicates",
      "look for a file that is there twice, or rows that were exported twice"),
  MAX_CONFLICTS(
      GatesSection::gatesMaxConflicts,
      Unit.SHARE,
      of -> of.now().conflictShare(),
      "prompts with different answers",
      "see the conflicts file of a dataset without this gate"),
  MAX_NEAR_COPIES(
      GatesSection::gatesMaxNearCopies,
      Unit.SHARE,
      of -> Measured.share(of.now().nearCopies(), of.now().asked()),
      "near copies",
      "look for rows that a template or a form made"),
  MAX_NEW_CLASSES(
      GatesSection::gatesMaxNewClasses,
      Unit.COUNT,
      of -> of.shift(shift -> Measured.names(shift.added())),
      "new classes",
      "look for misspelled classes; the key labels gives a label its usual name"),
  MAX_VANISHED_CLASSES(
      GatesSection::gatesMaxVanishedClasses,
      Unit.COUNT,
      of -> of.shift(shift -> Measured.names(shift.vanished())),
      "vanished classes",
      "look for input that is missing, or labels that were renamed"),
  MAX_CLASS_DISTANCE(
      GatesSection::gatesMaxClassDistance,
      Unit.SHARE,
      of -> of.shift(shift -> Measured.number(shift.distance())),
      "largest change of a class's share",
      "compare the table of classes with that of the previous dataset"),
  MAX_CLASS_DIVERGENCE(
      GatesSection::gatesMaxClassDivergence,
      Unit.NUMBER,
      of -> of.shift(shift -> Measured.number(shift.divergence())),
      "Jensen-Shannon divergence of the class shares",
      "compare the table of classes with that of the previous dataset"),
  MAX_TOKENS_P50_CHANGE(
      GatesSection::gatesMaxTokensP50Change,
      Unit.SHARE,
      of -> of.tokens(Manifest.PerExample::p50),
      "change of the median of tokens",
      "look for texts that were cut, or fields that were added to them"),
  MAX_TOKENS_P95_CHANGE(
      GatesSection::gatesMaxTokensP95Change,
      Unit.SHARE,
      of -> of.tokens(Manifest.PerExample::p95),
      "change of the 95th percentile of tokens",
      "look for a few texts that are far longer than before, or were cut"),
  MAX_LENGTH_P50_CHANGE(
      GatesSection::gatesMaxLengthP50Change,
      Unit.SHARE,
      of -> of.lengths(Manifest.Lengths::p50),
      "change of the median of lengths",
      "look for texts that were cut, or fields that were added to them"),
  MAX_LENGTH_P95_CHANGE(
      GatesSection::gatesMaxLengthP95Change,
      Unit.SHARE,
      of -> of.lengths(Manifest.Lengths::p95),
      "change of the 95th percentile of lengths",
      "look for a few texts that are far longer than before, or were cut"),
  MAX_PRICE(
      GatesSection::gatesMaxPrice,
      Unit.DOLLARS,
      of -> {
        BigDecimal usd = of.now().cost().usd();
        return usd == null
            ? Measured.unknown("the price is unknown")
            : new Measured(usd, false, null);
      },
      "price of training",
      "set limit, epochs or another model"),
  MAX_PRICE_CHANGE(
      GatesSection::gatesMaxPriceChange,
      Unit.SHARE,
      DatasetPair::priceChange,
      "change of the price of training",
      "compare tokens, epochs, model and prices with those of the previous dataset"),
  MIN_EXAMPLES(
      GatesSection::gatesMinExamples,
      Unit.COUNT,
      of -> Measured.count(of.now().examples()),
      "examples",
      "look for input that is missing"),
  MIN_NEW_PROMPTS(
      GatesSection::gatesMinNewPrompts,
      Unit.COUNT,
      of -> of.since(since -> Measured.count(since.added() + since.changed() + since.back())),
      "new prompts",
      "wait for more rows, or check that the newest input is there"),
  MAX_CHANGED_PROMPTS(
      GatesSection::gatesMaxChangedPrompts,
      Unit.SHARE,
      of -> of.since(since -> Measured.share(since.changed(), since.changed() + since.unchanged())),
      "prompts with other answers",
      "check whether answers or labels have moved to other rows"),
  MAX_BASELINE(
      GatesSection::gatesMaxBaseline,
      Unit.SHARE,
      DatasetPair::baseline,
      "accuracy of always answering the most frequent class",
      "add examples of the other classes");

  private static final Pattern WORD = Pattern.compile("_(.)");

  private final Function<GatesSection, @Nullable Number> setting;
  private final Unit unit;
  private final Function<DatasetPair, Measured> measure;
  private final String what;
  private final String advice;

  Gate(
      Function<GatesSection, @Nullable Number> setting,
      Unit unit,
      Function<DatasetPair, Measured> measure,
      String what,
      String advice) {
    this.setting = setting;
    this.unit = unit;
    this.measure = measure;
    this.what = what;
    this.advice = advice;
  }

  /** The gate of a key; of a manifest that another version wrote, it may be none. */
  public static Optional<Gate> of(String key) {
    return Stream.of(values()).filter(gate -> gate.key().equals(key)).findFirst();
  }

  /** Its key in the recipe's section gates: {@code maxNewClasses}. */
  public String key() {
    return WORD.matcher(name().toLowerCase(Locale.ROOT))
        .replaceAll(letter -> letter.group(1).toUpperCase(Locale.ROOT));
  }

  /** What it measures, in words. */
  public String what() {
    return what;
  }

  /** What to do if it fails. */
  String advice() {
    return advice;
  }

  /** Whether the threshold is the least figure that passes, and not the greatest. */
  boolean isMinimum() {
    return name().startsWith("MIN_");
  }

  /** Measures, if the recipe sets it. */
  Optional<Manifest.Gate> check(GatesSection section, DatasetPair pair) {
    Number set = setting.apply(section);
    if (set == null) {
      return Optional.empty();
    }
    BigDecimal threshold = new BigDecimal(set.toString());
    Measured measured = measure.apply(pair);
    BigDecimal figure = measured.figure();
    boolean passed =
        figure == null
            ? measured.passes()
            : isMinimum() ? figure.compareTo(threshold) >= 0 : figure.compareTo(threshold) <= 0;
    return Optional.of(new Manifest.Gate(key(), figure, threshold, passed, measured.note()));
  }

  /** The threshold as a person reads it: {@code at most 10 %}. */
  public String limit(Manifest.Gate result) {
    return (isMinimum() ? "at least " : "at most ") + unit.threshold(result.threshold());
  }

  /** The figure as a person reads it, with decimals enough to tell it from the threshold. */
  public String figure(Manifest.Gate result) {
    BigDecimal figure = result.figure();
    return figure == null ? "-" : unit.figure(figure, result.threshold());
  }
}
