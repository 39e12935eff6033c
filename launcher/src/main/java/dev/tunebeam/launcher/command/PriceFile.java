package dev.tunebeam.launcher.command;

import dev.tunebeam.dataset.Model;
import dev.tunebeam.dataset.ModelCatalogue;
import dev.tunebeam.dataset.TrainingType;
import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.dataset.terminal.Figures;
import dev.tunebeam.dataset.terminal.TerminalText;
import dev.tunebeam.launcher.process.IoReason;
import dev.tunebeam.launcher.process.LauncherException;
import dev.tunebeam.launcher.provider.TrainableModel;
import dev.tunebeam.launcher.provider.azure.AzureRetailPrices.Slot;
import dev.tunebeam.launcher.provider.huggingface.HuggingFaceHardware;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A file for {@code --prices} with what providers say today of the models of the catalogue. */
final class PriceFile {

  private final ModelCatalogue catalogue;
  private final LocalDate today;
  private final List<String> lines = new ArrayList<>();
  private int rows;

  PriceFile(ModelCatalogue catalogue, LocalDate today) {
    this.catalogue = catalogue;
    this.today = today;
    lines.add("# For --prices: what providers said on " + today + ".");
    lines.add("models:");
  }

  /** The number of models. */
  int rows() {
    return rows;
  }

  /** Azure's prices in a region, of the models of the catalogue that have one. */
  void azure(Map<Slot, BigDecimal> prices, String region) {
    for (Model model : catalogue.models()) {
      if (model.provider().equals("azure")) {
        azure(model, prices, region);
      }
    }
  }

  private void azure(Model model, Map<Slot, BigDecimal> prices, String region) {
    String name = model.aliases().isEmpty() ? model.id() : model.aliases().get(0);
    List<String> types = new ArrayList<>();
    boolean any = false;
    for (Model.TrainingOffer offer : model.trainingTypes()) {
      BigDecimal usd = prices.get(new Slot(name, offer.type()));
      any |= usd != null;
      types.add(
          "      - {type: %s%s}"
              .formatted(offer.type(), usd == null ? "" : ", training: " + usd.toPlainString()));
    }
    if (!any) {
      return;
    }
    begin(model);
    TrainingType usual = model.trainingTypes().get(0).type();
    put("training", prices.get(new Slot(name, usual)));
    put("hostingPerHour", prices.get(new Slot(name, null)));
    lines.add("    trainingTypes:");
    lines.addAll(types);
    end("Azure retail prices of " + region);
  }

  /** The ids of a provider's models in the catalogue, without classes of models. */
  Set<String> ids(String provider) {
    return catalogue.models().stream()
        .filter(model -> model.provider().equals(provider) && !model.isClass())
        .map(Model::id)
        .collect(Collectors.toSet());
  }

  /**
   * Ends the training of models that a provider no longer lists, corrects the context of those that
   * it does, and names those that are new.
   */
  void trainable(String provider, List<TrainableModel> listed) {
    Map<String, TrainableModel> more = new TreeMap<>();
    listed.forEach(model -> more.put(model.id(), model));
    if (Collections.disjoint(more.keySet(), ids(provider))) {
      without(provider, "its list has none of the models that were known");
      return;
    }
    for (Model model : catalogue.models()) {
      if (!model.provider().equals(provider) || model.isClass()) {
        continue;
      }
      TrainableModel found = more.remove(model.id());
      if (found == null && model.trainableOn(today)) {
        begin(model);
        lines.add("    lastTrainingDay: " + today.minusDays(1));
        end(provider + "'s list of models that can be trained");
      } else if (found != null) {
        Integer context = found.contextTokens();
        if (context != null && !context.equals(model.contextTokens())) {
          begin(model);
          lines.add("    contextTokens: " + context);
          end(provider + "'s list of models that can be trained");
        }
        if (!found.limits().isEmpty()) {
          lines.add("  # %s: %s".formatted(model.id(), String.join(", ", found.limits())));
        }
      }
    }
    more.keySet().forEach(id -> lines.add("  # %s also trains %s".formatted(provider, id)));
  }

  /** What hours on GPUs cost, which is no price of a model. */
  void hardware(List<HuggingFaceHardware> hardware) {
    for (HuggingFaceHardware gpu : hardware) {
      lines.add(
          "  # Hugging Face Jobs: %s, %s: %s an hour"
              .formatted(gpu.name(), gpu.gpus(), Figures.dollars(gpu.usdPerHour())));
    }
  }

  /** Says that a provider was not asked or did not answer. */
  void without(String provider, String why) {
    lines.add("  # nothing of %s: %s".formatted(provider, TerminalText.oneLine(why)));
  }

  private void begin(Model model) {
    rows++;
    lines.add("  - id: " + model.id());
    lines.add("    provider: " + model.provider());
  }

  private void put(String key, @Nullable BigDecimal value) {
    if (value != null) {
      lines.add("    %s: %s".formatted(key, value.toPlainString()));
    }
  }

  private void end(String source) {
    lines.add("    pricesAsOf: " + today);
    lines.add("    source: " + source);
  }

  /** Writes the file; without a model it holds an empty list. */
  void write(Path file) {
    if (rows == 0) {
      lines.set(1, "models: []");
    }
    String text = String.join("\n", lines) + "\n";
    try {
      Files.writeString(file, text, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new LauncherException(
          ExitCode.FAILED, "%s cannot be written: %s".formatted(file, IoReason.of(e)), e);
    }
  }
}
