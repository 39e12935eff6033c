package dev.tunebeam.launcher.command;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tunebeam.dataset.Model;
import dev.tunebeam.dataset.settings.ProviderName;
import dev.tunebeam.dataset.terminal.Columns;
import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.dataset.terminal.Figures;
import dev.tunebeam.launcher.process.LauncherException;
import dev.tunebeam.launcher.process.Shell;
import dev.tunebeam.launcher.provider.Connection;
import dev.tunebeam.launcher.provider.LiveModel;
import dev.tunebeam.launcher.provider.azure.AzureRetailPrices;
import dev.tunebeam.launcher.provider.huggingface.HuggingFaceHardware;
import dev.tunebeam.launcher.terminal.Console;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code models}: the catalogue, and how it compares with what a provider lists today. */
@Command(name = "models", mixinStandardHelpOptions = true)
public final class ModelsCommand extends CommandContext {

  @Mixin private ProviderOptions providerOptions = new ProviderOptions();
  @Mixin private PricesOption pricesOption = new PricesOption();

  @Option(names = "--all", description = "Include models that can no longer be trained.")
  private boolean all;

  @Option(names = "--live", description = "Compare with the models that the provider lists today.")
  private boolean live;

  @Option(
      names = "--refresh",
      paramLabel = "FILE",
      description =
          "Ask Azure for its prices, Hugging Face for those of its GPUs, and Together and Fireworks,"
              + " if their keys are set, for the models that they train; write a file for --prices.")
  private @Nullable Path refresh;

  @Option(
      names = "--region",
      paramLabel = "NAME",
      defaultValue = "eastus2",
      description = "Region of the prices at Azure (${DEFAULT-VALUE}).")
  private String region = "";

  /** Creates the command. */
  public ModelsCommand(Shell shell) {
    super(shell);
  }

  /** A model in the JSON output. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Row(
      Model model,
      boolean trainable,
      boolean openToNewAccounts,
      @Nullable LocalDate lastDay,
      @Nullable Long daysLeft) {}

  @Override
  ExitCode run() {
    Console console = console();
    if (refresh != null) {
      return refresh(shell.folder().resolve(refresh), console);
    }
    LocalDate today = LocalDate.now(shell.clock());
    String only = live ? providerOptions.orDefault(shell) : providerOptions.name();
    List<Row> rows =
        pricesOption.catalogue(shell).models().stream()
            .filter(model -> only == null || model.provider().equals(only))
            .filter(model -> all || model.trainableOn(today))
            .map(model -> row(model, today))
            .toList();
    console.say(table(rows));
    console.say("Dollars per 1M tokens; see docs/tokens-and-price.md.");
    if (!live) {
      console.json(Map.of("models", rows));
      return ExitCode.SUCCEEDED;
    }
    List<LiveModel> listed =
        providerOptions.open(providerOptions.orDefault(shell), shell, console).models();
    List<String> differences = differences(rows, listed);
    console.say("");
    console.say(
        "%s lists %s today"
            .formatted(
                providerOptions.orDefault(shell),
                Figures.counted(listed.size(), "model", "models")));
    console.say(
        differences.isEmpty()
            ? List.of("  no differences to the catalogue")
            : differences.stream().map(line -> "  " + line).toList());
    console.json(Map.of("models", rows, "live", listed, "differences", differences));
    return ExitCode.SUCCEEDED;
  }

  private ExitCode refresh(Path path, Console console) {
    PriceFile file = new PriceFile(pricesOption.catalogue(shell), LocalDate.now(shell.clock()));
    Connection anonymous =
        providerOptions.anonymous(
            Objects.requireNonNull(HttpUrl.parse("https://prices.azure.com/")), shell, console);
    List<String> silent = new ArrayList<>();
    ask("azure", file, silent, () -> file.azure(AzureRetailPrices.of(anonymous, region), region));
    for (ProviderName name : List.of(ProviderName.TOGETHER, ProviderName.FIREWORKS)) {
      String provider = name.toString();
      String key = Providers.profile(provider).keyVariable();
      if (!shell.variables().containsKey(key)) {
        file.without(provider, key + " is not set");
        continue;
      }
      ask(
          provider,
          file,
          silent,
          () ->
              providerOptions
                  .open(provider, shell, console)
                  .trainable(file.ids(provider))
                  .ifPresent(models -> file.trainable(provider, models)));
    }
    ask("huggingface", file, silent, () -> file.hardware(HuggingFaceHardware.of(anonymous)));
    file.write(path);
    silent.forEach(console::tell);
    console.say(
        "%s: %s"
            .formatted(path, Figures.counted(file.rows(), "model has news", "models have news")));
    console.json(Map.of("file", path.toString(), "models", file.rows()));
    return ExitCode.SUCCEEDED;
  }

  /** Asks one of several; that it does not answer is no reason to give up what others say. */
  private static void ask(String provider, PriceFile file, List<String> silent, Runnable question) {
    try {
      question.run();
    } catch (LauncherException e) {
      file.without(provider, e.text());
      silent.add("nothing of %s: %s".formatted(provider, e.text()));
    }
  }

  private static Row row(Model model, LocalDate today) {
    LocalDate last = model.lastDay();
    return new Row(
        model,
        model.trainableOn(today),
        model.trainableByAnyoneOn(today),
        last,
        last == null ? null : Math.max(0, ChronoUnit.DAYS.between(today, last) + 1));
  }

  private static List<String> table(List<Row> rows) {
    Columns table = new Columns("llrrrrrrrlll");
    table.row(
        "provider",
        "model",
        "training",
        "minimum",
        "input",
        "cached",
        "output",
        "limit",
        "days left",
        "last day",
        "shutdown",
        "");
    for (Row row : rows) {
      Model model = row.model();
      Model.Prices prices = model.prices();
      Integer limit = model.contextTokens();
      table.row(
          model.provider(),
          model.id(),
          Figures.price(prices.training()),
          Figures.price(prices.minimumCharge()),
          Figures.price(prices.input()),
          Figures.price(prices.cachedInput()),
          Figures.price(prices.output()),
          limit == null ? "-" : Figures.count(limit),
          row.daysLeft() == null ? "-" : row.trainable() ? Figures.count(row.daysLeft()) : "over",
          Objects.toString(row.lastDay(), "-"),
          Objects.toString(model.shutdownDay(), "-"),
          row.trainable() && !row.openToNewAccounts() ? "closed to new accounts" : "");
    }
    return rows.isEmpty() ? List.of("no models") : table.lines("");
  }

  /** The differences between the provider's list and the catalogue. */
  private static List<String> differences(List<Row> rows, List<LiveModel> listed) {
    Map<String, LiveModel> byId = new TreeMap<>();
    listed.forEach(model -> byId.put(model.id(), model));
    List<String> differences = new ArrayList<>();
    for (Row row : rows) {
      Model model = row.model();
      LiveModel found = byId.get(model.id());
      if (found == null) {
        if (row.trainable()) {
          differences.add(model.id() + " is in the catalogue, but not in the provider's list");
        }
      } else if (found.shutdownDay() != null
          && !Objects.equals(found.shutdownDay(), model.shutdownDay())) {
        differences.add(
            "%s shuts down on %s; in the catalogue: %s"
                .formatted(
                    model.id(),
                    found.shutdownDay(),
                    Objects.toString(model.shutdownDay(), "no date")));
      }
    }
    return differences;
  }
}
