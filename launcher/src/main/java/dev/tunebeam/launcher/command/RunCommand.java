package dev.tunebeam.launcher.command;

import static dev.tunebeam.launcher.process.LauncherException.wrongUse;

import dev.tunebeam.dataset.Manifest;
import dev.tunebeam.dataset.UnknownModelException;
import dev.tunebeam.dataset.settings.LaunchSettings;
import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.launcher.launch.RecipeFile;
import dev.tunebeam.launcher.process.IoReason;
import dev.tunebeam.launcher.process.LauncherException;
import dev.tunebeam.launcher.process.Shell;
import dev.tunebeam.launcher.terminal.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Unmatched;

/** {@code run}: prepare, then launch, for schedulers. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    modelTransformer = TrainingFlags.class,
    description =
        "Flags of prepare are passed through; --model, --epochs and --prices apply to both.")
public final class RunCommand extends CommandContext {

  @Option(
      names = "--recipe",
      paramLabel = "FILE",
      description = "Recipe; its section launch configures the training.")
  private @Nullable String recipe;

  @Option(
      names = "--output",
      paramLabel = "FOLDER",
      description = "Output folder of the dataset; by default the recipe's.")
  private @Nullable String output;

  @Option(
      names = "--overwrite",
      paramLabel = "BOOLEAN",
      arity = "0..1",
      defaultValue = "true",
      fallbackValue = "true",
      description = "Overwrite an existing dataset (${DEFAULT-VALUE}).")
  private boolean overwrite;

  @Option(
      names = "--dryRun",
      description = "Count and price only: write no dataset and send nothing.")
  private boolean dryRun;

  @Mixin private LaunchOptions options = new LaunchOptions();
  @Mixin private RunPromotionOptions promotion = new RunPromotionOptions();

  @Unmatched private List<String> rest = new ArrayList<>();

  /** Creates the command. */
  public RunCommand(Shell shell) {
    super(shell);
  }

  @Override
  boolean isDryRun() {
    return dryRun;
  }

  @Override
  int runToCode() {
    options.provider().name(); // rejects an unknown name first
    LaunchSettings flags = TrainingFlags.over(LaunchSettings.NONE, spec);
    if (flags.seed() != null) {
      throw wrongUse(
          "--seed is ambiguous: set seed (split) or launch.seed (training) in the recipe");
    }
    Console console = console();
    RecipeFile file = recipe == null ? RecipeFile.NONE : RecipeFile.read(recipe, shell.folder());
    Path prices = file.prices() == null ? null : Path.of(file.prices());
    PrepareProcess prepare =
        new PrepareProcess(shell, console.json(), monitor().variablesOfChild());
    List<String> arguments = arguments(flags, file, prices, console);
    if (dryRun) {
      arguments.add("--dryRun");
      int code = reported(prepare.run(arguments), console);
      if (code == 0) {
        console.json(Map.of("dryRun", true));
        console.tell("dry run: no dataset was written, nothing was sent");
      }
      return code;
    }
    String named = output == null ? file.output() : output;
    Path folder = folder(named);
    arguments.add("--output=" + named);
    if (overwrite) {
      arguments.add("--overwrite");
    }
    boolean continuesItself =
        file.previous() == null
            && rest.stream().noneMatch(flag -> flag.startsWith("--previous"))
            && remembersSides(folder);
    if (continuesItself) {
      arguments.add("--previous=" + named);
    }
    check(file, console);
    Promoting promoting = promotion.promoting(this, options, folder, prices, console);
    create(folder);
    boolean newOnly =
        continuesItself
            && (file.newOnly() || rest.stream().anyMatch(flag -> flag.startsWith("--since")));
    Launching launching =
        new Launching(
            options,
            spec,
            shell,
            console,
            monitor(),
            folder,
            promotion.registry(),
            prices,
            file.budget());
    return launching.launch(
        () -> {
          if (newOnly) {
            launching.launchMissed();
          }
          int code = prepare.run(arguments);
          if (continuesItself && code == ExitCode.NOTHING_NEW.code()) {
            console.tell(
                "nothing new: the dataset in %s stays, and so does its job".formatted(named));
            return 0;
          }
          return reported(code, console);
        },
        promoting);
  }

  @Override
  ExitCode run() {
    throw new IllegalStateException("its exit codes are also those of prepare");
  }

  private List<String> arguments(
      LaunchSettings flags, RecipeFile file, @Nullable Path prices, Console console) {
    List<String> arguments = new ArrayList<>();
    if (recipe != null) {
      arguments.add("--recipe=" + recipe);
    }
    if (flags.model() != null) {
      String counted = catalogueName(flags.model(), file);
      try {
        options.prices().catalogue(shell, prices).find(counted);
        arguments.add("--model=" + counted);
      } catch (UnknownModelException e) {
        console.tell(
            "%s is not in the catalogue: prepare counts and prices the recipe's model"
                .formatted(counted));
      }
    }
    if (flags.epochs() != null) {
      arguments.add("--epochs=" + flags.epochs());
    }
    if (options.prices().file() != null) {
      arguments.add("--prices=" + options.prices().file());
    }
    arguments.addAll(rest);
    return arguments;
  }

  private String catalogueName(String model, RecipeFile file) {
    String name = options.provider().name();
    String provider = name == null ? file.provider() : name;
    boolean whole = provider == null || hasNoApi(provider) || model.startsWith(provider + "/");
    return whole ? model : provider + "/" + model;
  }

  private Path folder(@Nullable String named) {
    if (named == null) {
      throw wrongUse("no output folder: set --output=FOLDER, or output in the recipe");
    }
    if (named.matches("(?!file:)[A-Za-z][\\w+.-]+:/.*")) {
      throw wrongUse(
          "--output: %s is not a local folder, which run needs for the upload; use prepare, copy"
                  .formatted(named)
              + " the folder and use launch");
    }
    return shell.folder().resolve(named.replaceFirst("^file:(//)?(?=/)", ""));
  }

  /** Whether prepare can continue the dataset in the folder; none is one without prompts. */
  private static boolean remembersSides(Path folder) {
    try {
      Path manifest = folder.resolve(Manifest.FILE_NAME);
      return !Files.exists(manifest) || Files.readString(manifest).contains("\"sides\"");
    } catch (IOException e) {
      return true; // prepare says why it cannot be read
    }
  }

  /** Fails fast: checks settings before prepare runs for hours. */
  private void check(RecipeFile file, Console console) {
    options.follow().poll();
    options.budget().budget(null, null);
    String name = options.provider().name();
    String provider = name == null ? file.provider() : name;
    if (provider != null && !hasNoApi(provider)) {
      options.provider().open(provider, shell, console);
    }
  }

  private static boolean hasNoApi(String provider) {
    return !Providers.profile(provider).remote();
  }

  private static void create(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new LauncherException(
          ExitCode.WRONG_USE,
          "--output: cannot write to %s: %s".formatted(folder, IoReason.of(e)),
          e);
    }
  }

  private static int reported(int code, Console console) {
    if (code != 0) {
      console.json(
          Map.of(
              "error",
              Map.of("message", "prepare ended with exit code " + code, "exitCode", code)));
    }
    return code;
  }
}
