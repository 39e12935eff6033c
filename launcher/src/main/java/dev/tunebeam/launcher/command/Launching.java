package dev.tunebeam.launcher.command;

import static dev.tunebeam.launcher.process.LauncherException.wrongUse;

import dev.tunebeam.dataset.Manifest;
import dev.tunebeam.dataset.Model;
import dev.tunebeam.dataset.ModelCatalogue;
import dev.tunebeam.dataset.UnknownModelException;
import dev.tunebeam.dataset.monitoring.RunMonitor;
import dev.tunebeam.dataset.settings.LaunchSettings;
import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.dataset.yaml.StrictYaml.BadYamlException;
import dev.tunebeam.launcher.launch.Budget;
import dev.tunebeam.launcher.launch.Dataset;
import dev.tunebeam.launcher.launch.FolderLock;
import dev.tunebeam.launcher.launch.Launch;
import dev.tunebeam.launcher.launch.LaunchFile;
import dev.tunebeam.launcher.launch.LaunchRecord;
import dev.tunebeam.launcher.launch.LaunchStore;
import dev.tunebeam.launcher.launch.LaunchText;
import dev.tunebeam.launcher.launch.Preflight;
import dev.tunebeam.launcher.launch.RunningPrepare;
import dev.tunebeam.launcher.local.LocalTraining;
import dev.tunebeam.launcher.process.Shell;
import dev.tunebeam.launcher.provider.Provider;
import dev.tunebeam.launcher.provider.ProviderProfile;
import dev.tunebeam.launcher.provider.TrainingSettings;
import dev.tunebeam.launcher.registry.RegistryFile;
import dev.tunebeam.launcher.terminal.Console;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Launches the dataset in a folder: what {@code launch} and {@code run} have in common.
 *
 * <p>One file because all decisions of a launch are made in one place, before anything is sent.
 */
final class Launching {

  private final LaunchOptions options;
  private final CommandSpec command;
  private final Shell shell;
  private final Console console;
  private final RunMonitor monitor;
  private final Path folder;
  private final RegistryOption registry;
  private final @Nullable Path recipePrices;
  private final @Nullable BigDecimal userBudget;

  /**
   * @param command with the {@link TrainingFlags} that it was called with
   * @param registry where names of models are looked up
   * @param recipePrices the price file from the recipe, null if there is none
   * @param userBudget the budget in the recipe that the user passed, null if there is none; one in
   *     the manifest may be somebody else's
   */
  Launching(
      LaunchOptions options,
      CommandSpec command,
      Shell shell,
      Console console,
      RunMonitor monitor,
      Path folder,
      RegistryOption registry,
      @Nullable Path recipePrices,
      @Nullable BigDecimal userBudget) {
    this.options = options;
    this.command = command;
    this.shell = shell;
    this.console = console;
    this.monitor = monitor;
    this.folder = folder;
    this.registry = registry;
    this.recipePrices = recipePrices;
    this.userBudget = userBudget;
  }

  /** All decisions of a launch, made before anything is sent. */
  private record Plan(
      Dataset dataset,
      String provider,
      String baseUrl,
      TrainingSettings settings,
      Launch.Terms terms) {

    Plan with(Budget budget) {
      return new Plan(dataset, provider, baseUrl, settings, terms.with(budget));
    }

    boolean isLocal() {
      return provider.equals(LocalTraining.PROFILE.name());
    }
  }

  /** A job at its provider. */
  private record Launched(Provider provider, Launch.Outcome outcome) {}

  /** Prints the requests that {@link #launch} would send. */
  ExitCode dryRun() {
    Plan plan = plan();
    if (plan.isLocal()) {
      return here(plan).dryRun();
    }
    DryRun requests = new DryRun(console);
    Provider dry = options.provider().openDry(plan.provider, shell, console, requests);
    launch(dry, plan, plan.terms.withoutBudget(), LaunchStore.NONE);
    console.json(Map.of("requests", requests.sent()));
    console.tell("dry run: nothing was sent or saved");
    return ExitCode.SUCCEEDED;
  }

  /** Launches the existing dataset and follows its job. */
  ExitCode launch() {
    RunningPrepare.tell(folder, shell.clock(), console);
    Plan plan = plan();
    if (plan.isLocal()) {
      return here(plan).launch();
    }
    Provider provider = options.provider().open(plan.provider, shell, console);
    return follow(locked(() -> launch(provider, stillThere(plan))), null);
  }

  /**
   * Prepares the dataset, then launches it and follows its job. Holds the folder's lock until the
   * job is created.
   *
   * @param prepare makes the dataset and returns its exit code
   * @param promoting what follows when the model is trained, null for nothing
   * @return that code if it is not 0, else the launch's exit code
   */
  int launch(IntSupplier prepare, @Nullable Promoting promoting) {
    IntSupplier rest =
        locked(
            () -> {
              int code = prepare.getAsInt();
              if (code != 0) {
                return () -> code;
              }
              Plan plan = plan();
              if (plan.isLocal() && promoting != null) {
                throw wrongUse("--promote needs a provider that answers; local has no API");
              }
              if (plan.isLocal()) {
                return () -> here(plan).launch().code();
              }
              Provider provider = options.provider().open(plan.provider, shell, console);
              if (promoting == null) {
                Launched launched = launch(provider, plan);
                return () -> follow(launched, null).code();
              }
              Promoting.Prepared prepared = promoting.prepare(plan.dataset);
              Budget budget = plan.terms.budget();
              Launched launched =
                  launch(
                      provider,
                      plan.with(
                          promoting.keptBack(prepared, budget, plan.terms.model(), plan.provider)));
              boolean confirmed = !launched.outcome.adopted() && console.terminal();
              return () ->
                  follow(launched, launch -> promoting.run(prepared, launch, budget, confirmed))
                      .code();
            });
    return rest.getAsInt();
  }

  /**
   * Creates the job of the dataset in the folder if a launch of it failed, or a dataset of new
   * examples was never launched: the next one leaves out what this one has. Not followed.
   */
  void launchMissed() {
    if (!Files.exists(folder.resolve(Manifest.FILE_NAME))) {
      return;
    }
    Manifest manifest = Dataset.manifest(folder);
    Optional<LaunchRecord> last =
        new LaunchFile(folder).last(known -> known.digest().equals(manifest.digest()));
    boolean isMissed =
        last.map(known -> known.job() == null).orElse(manifest.recipe().get("since") != null);
    if (isMissed) {
      console.tell(
          "the dataset in %s has no job, and the next one leaves out what it has: launching it first"
              .formatted(folder));
      Plan plan = plan();
      if (!plan.isLocal()) {
        launch(options.provider().open(plan.provider, shell, console), plan);
      }
    }
  }

  private LocalLaunch here(Plan plan) {
    return new LocalLaunch(console, shell.err(), plan.dataset, plan.settings, options.start());
  }

  private <T> T locked(Supplier<T> action) {
    return FolderLock.holding(folder, options.provider().backoff().patience(), console, action);
  }

  /** The dataset may have changed while this process waited for the lock. */
  private Plan stillThere(Plan plan) {
    boolean same = Dataset.manifest(folder).digest().equals(plan.dataset.manifest().digest());
    return same ? plan : plan();
  }

  private Plan plan() {
    Dataset dataset = Dataset.open(folder);
    monitor.reads(dataset.manifest(), folder.toString());
    LaunchSettings launch = launchSettings(dataset.manifest());
    ModelCatalogue catalogue = options.prices().catalogue(shell, recipePrices);
    String providerName =
        launch.provider() == null
            ? dataset.manifest().cost().provider()
            : launch.provider().toString();
    ProviderProfile profile = Providers.profile(providerName);
    if (options.start() != null && profile.remote()) {
      throw wrongUse("--start runs a trainer on this machine and needs --provider=local");
    }
    // Invalid values fail before anything is sent.
    options.follow().poll();
    String baseUrl = profile.remote() ? options.provider().baseUrl(profile, shell) : "";
    String asked = launch.model();
    Model known = known(catalogue, providerName, asked, dataset.manifest());
    boolean isBase = asked == null || isAlias(known, asked);
    String model = isBase ? id(known, providerName) : Objects.requireNonNull(asked);
    if (launch.continued() != null) {
      checkContinued(launch.continued(), profile, isBase || known == null, model);
    }
    TrainingSettings settings =
        TrainingSettings.of(
            model, launch, dataset.manifest(), known == null ? null : known.usualTrainingType());
    LocalDate today = LocalDate.now(shell.clock());
    console.say(LaunchText.dataset(dataset));
    if (known != null) {
      known.ending(today).ifPresent(console::say);
    }
    return new Plan(
        dataset,
        providerName,
        baseUrl,
        settings,
        new Launch.Terms(
            new Preflight(catalogue, today),
            known == null
                ? null
                : known.trainedAs(settings.trainingType()).pricedFor(dataset.manifest().format()),
            options.budget().budget(userBudget, launch.budget()),
            options.again(),
            () ->
                launch.continued() == null
                    ? Optional.empty()
                    : new Continuing(
                            launch.continued(),
                            registry.of(shell, folder),
                            providerName,
                            baseUrl,
                            model,
                            known,
                            catalogue,
                            folder,
                            dataset.manifest(),
                            console)
                        .further()));
  }

  private static void checkContinued(
      String name, ProviderProfile profile, boolean isBase, String model) {
    RegistryFile.checked("--continue", name);
    if (!profile.remote()) {
      throw wrongUse("--continue needs a provider with an API; local has none");
    }
    if (!isBase) {
      throw wrongUse(
          "--continue=%s trains the model further that %s stands for, and %s is not its base model but fine-tuned: leave out one of them"
              .formatted(name, name, model));
    }
  }

  private Launched launch(Provider provider, Plan plan) {
    return new Launched(provider, launch(provider, plan, plan.terms, new LaunchFile(folder)));
  }

  private Launch.Outcome launch(
      Provider provider, Plan plan, Launch.Terms terms, LaunchStore store) {
    return new Launch(
            provider,
            plan.baseUrl,
            plan.dataset,
            plan.settings,
            terms,
            options.provider().backoff(),
            console,
            shell.clock(),
            store)
        .run();
  }

  private ExitCode follow(
      Launched launched, @Nullable Function<LaunchRecord, Promoting.Result> promotion) {
    return new LaunchOutcome(shell, console, monitor, launched.provider, options.follow())
        .end(launched.outcome, folder, options.detach(), promotion);
  }

  private LaunchSettings launchSettings(Manifest manifest) {
    options.provider().name(); // rejects an unknown name first
    try {
      return TrainingFlags.over(LaunchSettings.of(manifest), command);
    } catch (BadYamlException e) {
      throw wrongUse(String.valueOf(e.getMessage()));
    }
  }

  /** The catalogue's entry for the model at this provider, null if there is none. */
  private static @Nullable Model known(
      ModelCatalogue catalogue, String provider, @Nullable String asked, Manifest manifest) {
    String name = asked == null ? manifest.cost().model() : asked;
    String full = name.startsWith(provider + "/") ? name : provider + "/" + name;
    try {
      return catalogue.find(full);
    } catch (UnknownModelException e) {
      if (asked == null) {
        throw wrongUse(
            ("the dataset was priced for %s/%s, which is not available at %s: choose a model"
                    + " with --model")
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
      throw wrongUse("no model to train at %s: set --model".formatted(provider));
    }
    return known.id();
  }
}
