package dev.tunebeam.launcher.command;

import static dev.tunebeam.launcher.process.LauncherException.wrongUse;

import dev.tunebeam.dataset.UnknownModelException;
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
    description = {
      "Runs prepare, then launch, with one exit code.",
      "Other flags are passed to prepare; --model, --epochs and --prices apply to both."
    })
public final class RunCommand extends CommandContext {

  @Option(
      names = "--recipe",
      paramLabel = "FILE",
      description = "The recipe; its launch section holds the training settings.")
  private @Nullable String recipe;

  @Option(
      names = "--output",
      paramLabel = "FOLDER",
      description = "The dataset folder; default: output in the recipe.")
  private @Nullable String output;

  @Option(
      names = "--overwrite",
      paramLabel = "BOOLEAN",
      arity = "0..1",
      defaultValue = "true",
      fallbackValue = "true",
      description = "Replaces an existing dataset (default: ${DEFAULT-VALUE}).")
  private boolean overwrite;

  @Option(
      names = "--dry-run",
      description = "Prints the counts and the price; writes and sends nothing.")
  private boolean dryRun;

  @Mixin private LaunchOptions options = new LaunchOptions();

  @Unmatched private List<String> rest = new ArrayList<>();

  /** Creates the command. */
  public RunCommand(Shell shell) {
    super(shell);
  }

  @Override
  public Integer call() {
    if (options.training().hasSeed()) {
      throw wrongUse(
          "--seed is ambiguous: set seed (split) or launch.seed (training) in the recipe");
    }
    Console console = console();
    RecipeFile file = recipe == null ? RecipeFile.NONE : RecipeFile.read(recipe, shell.folder());
    Path prices = file.prices() == null ? null : Path.of(file.prices());
    PrepareProcess prepare = new PrepareProcess(shell, console.json());
    List<String> flags = flags(file, prices, console);
    if (dryRun) {
      flags.add("--dryRun");
      int code = reported(prepare.run(flags), console);
      if (code == 0) {
        console.json(Map.of("dryRun", true));
        console.tell("dry run: no dataset was written, nothing was sent");
      }
      return code;
    }
    String named = output == null ? file.output() : output;
    Path folder = folder(named);
    flags.add("--output=" + named);
    if (overwrite) {
      flags.add("--overwrite");
    }
    check(file, console);
    create(folder);
    return new Launching(options, shell, console, folder, prices)
        .launch(() -> reported(prepare.run(flags), console));
  }

  @Override
  ExitCode run() {
    throw new IllegalStateException("its exit codes are also those of prepare");
  }

  private List<String> flags(RecipeFile file, @Nullable Path prices, Console console) {
    List<String> flags = new ArrayList<>();
    if (recipe != null) {
      flags.add("--recipe=" + recipe);
    }
    String model = options.training().model();
    if (model != null) {
      String counted = catalogueName(model, file);
      try {
        options.prices().catalogue(shell, prices).find(counted);
        flags.add("--model=" + counted);
      } catch (UnknownModelException e) {
        console.tell(
            "%s is not in the catalogue: prepare counts and prices the recipe's model"
                .formatted(counted));
      }
    }
    if (options.training().epochs() != null) {
      flags.add("--epochs=" + options.training().epochs());
    }
    if (options.prices().file() != null) {
      flags.add("--prices=" + options.prices().file());
    }
    flags.addAll(rest);
    return flags;
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
          "--output: %s is not on this machine, from which run uploads it; use prepare there, copy"
                  .formatted(named)
              + " the folder and use launch");
    }
    return shell.folder().resolve(named.replaceFirst("^file:(//)?(?=/)", ""));
  }

  /** Fails fast: checks settings before prepare runs for hours. */
  private void check(RecipeFile file, Console console) {
    options.follow().poll();
    options.budget().budget(null);
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
