package dev.tunebeam.launcher.command;

import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.dataset.terminal.ShellCommand;
import dev.tunebeam.launcher.launch.Dataset;
import dev.tunebeam.launcher.local.LocalTraining;
import dev.tunebeam.launcher.local.Trainer;
import dev.tunebeam.launcher.local.TrainerProcess;
import dev.tunebeam.launcher.provider.TrainingSettings;
import dev.tunebeam.launcher.terminal.Console;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@code launch --provider=local}: writes trainer configs for local GPUs and optionally runs one.
 */
final class LocalLaunch {

  private final Console console;
  private final OutputStream messages;
  private final Dataset dataset;
  private final LocalTraining training;
  private final @Nullable Trainer start;

  /**
   * @param messages where the trainer's output goes with {@code --json}
   * @param start the trainer to run, null for none
   */
  LocalLaunch(
      Console console,
      OutputStream messages,
      Dataset dataset,
      TrainingSettings settings,
      @Nullable Trainer start) {
    this.console = console;
    this.messages = messages;
    this.dataset = dataset;
    this.training = LocalTraining.of(dataset.folder(), dataset.manifest(), settings);
    this.start = start;
  }

  /** Prints the configs without writing them. */
  ExitCode dryRun() {
    training
        .files()
        .forEach(
            (name, text) -> {
              console.say("");
              console.say(LocalTraining.FOLDER + "/" + name);
              text.lines().forEach(line -> console.say("  " + line));
            });
    console.json(Map.of("files", training.files()));
    return ExitCode.SUCCEEDED;
  }

  /** Writes the configs and runs the trainer if one is set. */
  ExitCode launch() {
    dataset.verify();
    List<Path> files = training.write(dataset.folder());
    files.forEach(file -> console.say("  " + file));
    Map<String, String> commands = new LinkedHashMap<>();
    Path folder = dataset.folder().resolve(LocalTraining.FOLDER);
    for (Trainer trainer : Trainer.values()) {
      commands.put(
          trainer.toString(),
          "cd %s && %s"
              .formatted(
                  ShellCommand.quoted(folder.toString()),
                  training.command(trainer).stream()
                      .map(ShellCommand::quoted)
                      .collect(Collectors.joining(" "))));
    }
    if (start == null) {
      console.say("Next, one of");
      commands.values().forEach(command -> console.say("  " + command));
    } else {
      console.tell("running " + commands.get(start.toString()));
      // Stdout is for JSON.
      TrainerProcess.run(dataset.folder(), training, start, console.json() ? messages : null);
      console.say("training finished");
    }
    console.json(
        Map.of("files", files.stream().map(Path::toString).toList(), "commands", commands));
    return ExitCode.SUCCEEDED;
  }
}
