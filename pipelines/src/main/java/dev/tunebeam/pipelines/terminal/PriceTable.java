package dev.tunebeam.pipelines.terminal;

import dev.tunebeam.dataset.Format;
import dev.tunebeam.dataset.Manifest;
import dev.tunebeam.dataset.Model;
import dev.tunebeam.dataset.ModelCatalogue;
import dev.tunebeam.dataset.TrainingCost;
import dev.tunebeam.dataset.terminal.Columns;
import dev.tunebeam.dataset.terminal.Figures;
import dev.tunebeam.dataset.terminal.TerminalText;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The price of training on the dataset with every model that can be trained today, cheapest first,
 * models without a known price last; the chosen model is always included. All are priced with the
 * epochs of the chosen one. An open model that the dataset was not counted for is omitted if a row
 * for all models of its size has the same price, or if its price is unknown. Such a row is omitted
 * if the chosen model stands for it.
 *
 * <p>One file because the table and its summary choose and price the same models.
 */
final class PriceTable {

  private static final int MODEL_WIDTH = 28;
  private static final int CHEAPEST = 2;

  private static final Comparator<@Nullable BigDecimal> DOLLARS =
      Comparator.nullsLast(Comparator.<BigDecimal>naturalOrder());

  private final Manifest manifest;
  private final LocalDate today;
  private final Model chosen;
  private final List<Model> models;
  private final List<String> notes = new ArrayList<>();

  PriceTable(Manifest manifest, ModelCatalogue standard, LocalDate today) {
    ModelCatalogue catalogue = standard.pricedFor(manifest.format());
    this.manifest = manifest;
    this.today = today;
    this.chosen = catalogue.find(manifest.cost().provider() + "/" + manifest.cost().model());
    this.models =
        catalogue.models().stream()
            .filter(model -> model.equals(chosen) || tells(model, catalogue))
            .sorted(Comparator.comparing(this::dollars, DOLLARS).thenComparing(Model::name))
            .toList();
  }

  /** The model that the manifest is priced for. */
  Model chosen() {
    return chosen;
  }

  /** The encoding of the token counts, and whether they are estimates. */
  String encoding() {
    return (chosen.hasCounted(manifest) ? "" : "estimated with ") + manifest.tokens().encoding();
  }

  /** The price, what is cheaper, and the dates of the chosen model. */
  List<String> summary() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s to train %s (%s), %s, prices as of %s"
            .formatted(
                shown(chosen),
                chosen.shortName(),
                chosen.provider(),
                Figures.counted(manifest.cost().epochs(), "epoch", "epochs"),
                chosen.prices().asOf()));
    String cheaper =
        cheapest()
            .map(model -> "%s %s (%s)".formatted(shown(model), model.shortName(), model.provider()))
            .collect(Collectors.joining(", "));
    if (!cheaper.isEmpty()) {
      lines.add("alternatives: " + cheaper);
    }
    chosen.ending(today).ifPresent(lines::add);
    return lines;
  }

  /** The cheapest model of each provider with a known price, without the chosen one. */
  private Stream<Model> cheapest() {
    Set<String> providers = new HashSet<>();
    return models.stream()
        .filter(model -> !model.equals(chosen) && dollars(model) != null)
        .filter(model -> model.trainableByAnyoneOn(today))
        .filter(model -> providers.add(model.provider()))
        .limit(CHEAPEST);
  }

  private String shown(Model model) {
    BigDecimal dollars = dollars(model);
    return dollars == null
        ? "an unknown price"
        : (model.isApproximate(manifest) ? "~" : "") + Figures.dollars(dollars);
  }

  /**
   * The table.
   *
   * @param all whether to list all models, or only the chosen one and the cheapest
   */
  List<String> lines(boolean all) {
    List<Model> listed =
        all
            ? models
            : models.stream()
                .filter(
                    model -> model.equals(chosen) || cheapest().anyMatch(one -> one.equals(model)))
                .toList();
    Columns table = new Columns("lllrrrrll");
    table.row("", "provider", "model", "$/1M", "epochs", "tokens", "total", "last day", "note");
    for (Model model : listed) {
      String about = model.isApproximate(manifest) ? "~" : "";
      BigDecimal dollars = dollars(model);
      table.row(
          model.equals(chosen) ? ">" : "",
          model.provider(),
          TerminalText.cut(model.shortName(), MODEL_WIDTH),
          Figures.price(model.prices().training()),
          Figures.count(manifest.cost().epochs()),
          about + Figures.count(tokens(model)) + more(),
          (dollars == null ? "" : about) + Figures.dollars(dollars),
          Objects.toString(model.lastDay(), "-"),
          marks(model, all));
    }
    List<String> lines = new ArrayList<>(table.lines("  "));
    for (int i = 0; i < notes.size(); i++) {
      lines.addAll(
          TerminalText.wrapped(
              notes.get(i), Report.WIDTH, String.format(Locale.ROOT, "  %2d  ", i + 1), "      "));
    }
    if (listed.size() < models.size()) {
      lines.add(
          "  and %s with --verbose"
              .formatted(
                  Figures.counted(models.size() - listed.size(), "more model", "more models")));
    }
    return lines;
  }

  private boolean tells(Model model, ModelCatalogue catalogue) {
    if (!model.trainableOn(today)) {
      return false;
    }
    if (isRowFor(chosen, model)) {
      return false;
    }
    if (model.tokenizer() == null || model.hasCounted(manifest)) {
      return true;
    }
    return model.prices().training() != null
        && catalogue.models().stream().noneMatch(other -> isRowFor(model, other));
  }

  /** Whether a row for all open models of a size has the price of a model of its own row. */
  private static boolean isRowFor(Model model, Model row) {
    return row.isClass()
        && !model.isClass()
        && row.provider().equals(model.provider())
        && samePrice(row.prices(), model.prices());
  }

  private static boolean samePrice(Model.Prices a, Model.Prices b) {
    return DOLLARS.compare(a.training(), b.training()) == 0
        && DOLLARS.compare(a.minimumCharge(), b.minimumCharge()) == 0
        && a.validationBilled() == b.validationBilled();
  }

  private long tokens(Model model) {
    return model.equals(chosen)
        ? manifest.cost().billedTokens()
        : TrainingCost.billedTokens(
            model,
            manifest.cost().epochs(),
            manifest.tokens().train(),
            manifest.tokens().validation());
  }

  /** Marks a number that lacks images. */
  private String more() {
    return manifest.tokens().unsizedImages() > 0 ? "+" : "";
  }

  private @Nullable BigDecimal dollars(Model model) {
    if (manifest.tokens().unsizedImages() > 0) {
      return null;
    }
    return model.equals(chosen)
        ? manifest.cost().usd()
        : TrainingCost.dollars(model, tokens(model));
  }

  private boolean otherFormat(Model model) {
    return !model.formats().contains(manifest.format());
  }

  private String marks(Model model, boolean all) {
    List<String> marks = new ArrayList<>();
    if (!model.trainableOn(today)) {
      marks.add(mark("past its last day for training"));
    }
    if (otherFormat(model)) {
      marks.add(
          mark(
              manifest.format() == Format.PREFERENCE
                  ? "the catalogue does not say that it trains on preference pairs"
                  : "needs --format=%s, whose token count (~) differs slightly"
                      .formatted(model.formats().get(0))));
    }
    if (!model.hasCounted(manifest)) {
      marks.add(
          mark(
              "token count (~) with %s; this model has another tokenizer"
                  .formatted(manifest.tokens().encoding())));
    }
    Integer limit = model.contextTokens();
    if (!model.equals(chosen) && limit != null && manifest.tokens().perExample().max() > limit) {
      marks.add(
          mark(
              "truncates examples to %s tokens and may cost less".formatted(Figures.count(limit))));
    }
    if (model.prices().validationBilled()) {
      marks.add(mark("the validation split is billed too, once per epoch"));
    }
    BigDecimal minimum = model.prices().minimumCharge();
    BigDecimal dollars = dollars(model);
    if (minimum != null && dollars != null && dollars.compareTo(minimum) == 0) {
      marks.add(mark("the minimum charge per run"));
    }
    Manifest.Images images = manifest.tokens().images();
    if (images != null && model.images() == null) {
      marks.add(mark("the catalogue does not say that it trains on images"));
    }
    if (images != null && images.unsized() > 0) {
      marks.add(
          mark(
              "without the tokens (+) of %s of unknown size"
                  .formatted(Figures.counted(images.unsized(), "image", "images"))));
    } else if (dollars == null) {
      marks.add(mark("no price in the catalogue; set one with --prices=FILE"));
    }
    if (all && !model.prices().asOf().equals(chosen.prices().asOf())) {
      marks.add(mark("price as of " + model.prices().asOf()));
    }
    if (!model.notes().isEmpty()) {
      marks.add(mark(model.notes()));
    }
    return String.join(",", marks);
  }

  /** The number of a footnote. */
  private String mark(String note) {
    if (!notes.contains(note)) {
      notes.add(note);
    }
    return String.valueOf(notes.indexOf(note) + 1);
  }
}
