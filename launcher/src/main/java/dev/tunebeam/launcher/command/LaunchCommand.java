package dev.tunebeam.launcher.command;

import static dev.tunebeam.launcher.LauncherException.wrongUse;

import dev.tunebeam.dataset.Manifest;
import dev.tunebeam.dataset.Model;
import dev.tunebeam.dataset.ModelCatalogue;
import dev.tunebeam.dataset.UnknownModelException;
import dev.tunebeam.launcher.ExitCode;
import dev.tunebeam.launcher.Shell;
import dev.tunebeam.launcher.launch.Dataset;
import dev.tunebeam.launcher.launch.FolderLock;
import dev.tunebeam.launcher.launch.Launch;
import dev.tunebeam.launcher.launch.LaunchFile;
import dev.tunebeam.launcher.launch.LaunchText;
import dev.tunebeam.launcher.launch.Memory;
import dev.tunebeam.launcher.launch.Preflight;
import dev.tunebeam.launcher.launch.RecipeLaunch;
import dev.tunebeam.launcher.provider.Provider;
import dev.tunebeam.launcher.provider.Providers;
import dev.tunebeam.launcher.provider.Settings;
import dev.tunebeam.launcher.terminal.Console;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code launch DIR}: from a dataset to a job, once. */
@Command(
    name = "launch",
    mixinStandardHelpOptions = true,
    description = "Checks a dataset, prices it, uploads it, starts its training and follows it.")
public final class LaunchCommand extends CommandContext {

  @Parameters(paramLabel = "DIR", description = "The dataset: a folder with a manifest.")
  private Path folder = Path.of("");

  @Mixin private ProviderOptions providerOptions = new ProviderOptions();
  @Mixin private TrainingOptions trainingOptions = new TrainingOptions();
  @Mixin private BudgetOptions budgetOptions = new BudgetOptions();
  @Mixin private FollowOptions followOptions = new FollowOptions();
  @Mixin private PricesOption pricesOption = new PricesOption();

  @Option(names = "--detach", description = "Leaves when the job is created.")
  private boolean detach;

  @Option(
      names = "--again",
      description = "Starts another job where the last one failed or was cancelled.")
  private boolean again;

  @Option(
      names = "--dry-run",
      description = "Sends nothing; prints each request that would be sent, the key hidden.")
  private boolean dryRun;

  /** A command in these surroundings. */
  public LaunchCommand(Shell shell) {
    super(shell);
  }

  @Override
  ExitCode run() {
    Console console = console();
    Dataset dataset = Dataset.open(shell.folder().resolve(folder));
    RecipeLaunch recipe = RecipeLaunch.of(dataset.manifest());
    ModelCatalogue catalogue = pricesOption.catalogue(shell);
    String providerName = providerName(recipe, dataset.manifest());
    String asked = trainingOptions.model(recipe);
    Model known = known(catalogue, providerName, asked, dataset.manifest());
    String model = asked == null || isAlias(known, asked) ? id(known, providerName) : asked;
    Settings settings = trainingOptions.settings(model, known, dataset.manifest(), recipe);
    console.say(LaunchText.dataset(dataset));
    console.say(LaunchText.hints(settings));
    String baseUrl = providerOptions.baseUrl(Providers.traits(providerName), shell);
    Launch.Terms terms =
        new Launch.Terms(
            new Preflight(catalogue, LocalDate.now(shell.clock())),
            known,
            budgetOptions.budget(recipe.budget()),
            again);
    if (dryRun) {
      DryRun requests = new DryRun(console);
      Provider dry = providerOptions.openDry(providerName, shell, console, requests);
      launch(dry, baseUrl, dataset, settings, terms.withoutBudget(), console, Memory.NONE);
      console.json(Map.of("requests", requests.sent()));
      console.tell("a dry run: nothing was sent, nothing was kept");
      return ExitCode.SUCCEEDED;
    }
    Provider provider = providerOptions.open(providerName, shell, console);
    Launch.Outcome outcome =
        FolderLock.holding(
            dataset.folder(),
            providerOptions.backoff().patience(),
            console,
            () ->
                launch(
                    provider,
                    baseUrl,
                    dataset,
                    settings,
                    terms,
                    console,
                    new LaunchFile(dataset.folder())));
    return new Followed(shell, console, provider, followOptions)
        .end(outcome, dataset.folder(), detach);
  }

  private Launch.Outcome launch(
      Provider provider,
      String baseUrl,
      Dataset dataset,
      Settings settings,
      Launch.Terms terms,
      Console console,
      Memory memory) {
    return new Launch(
            provider, baseUrl, dataset, settings, terms, providerOptions.backoff(), console, memory)
        .run();
  }

  private String providerName(RecipeLaunch recipe, Manifest manifest) {
    if (providerOptions.name() != null) {
      return providerOptions.name();
    }
    return recipe.provider() == null ? manifest.cost().provider() : recipe.provider();
  }

  /** What the catalogue knows of the model at this provider; null where it knows nothing. */
  private static @Nullable Model known(
      ModelCatalogue catalogue, String provider, @Nullable String asked, Manifest manifest) {
    String name = asked == null ? manifest.cost().model() : asked;
    String full = name.startsWith(provider + "/") ? name : provider + "/" + name;
    try {
      return catalogue.find(full);
    } catch (UnknownModelException e) {
      if (asked == null) {
        throw wrongUse(
            "the dataset was priced for %s/%s, which %s does not train: choose with --model"
                .formatted(manifest.cost().provider(), manifest.cost().model(), provider));
      }
      return null;
    }
  }

  private static boolean isAlias(@Nullable Model known, String asked) {
    if (known == null) {
      return false;
    }
    String bare =
        asked.substring(
            asked.startsWith(known.provider() + "/") ? known.provider().length() + 1 : 0);
    return bare.equals(known.id()) || known.aliases().contains(bare);
  }

  private static String id(@Nullable Model known, String provider) {
    if (known == null) {
      throw wrongUse("no model to train at %s: give --model".formatted(provider));
    }
    return known.id();
  }
}
