package dev.tunebeam.launcher.command;

import static dev.tunebeam.launcher.process.LauncherException.wrongUse;

import dev.tunebeam.dataset.settings.LaunchSettings;
import dev.tunebeam.dataset.settings.SettingKey;
import dev.tunebeam.dataset.yaml.StrictYaml;
import dev.tunebeam.dataset.yaml.StrictYaml.BadYamlException;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The flags that say how a model is trained: one for each of the {@link LaunchSettings}. */
final class TrainingFlags implements IModelTransformer {

  private static final List<SettingKey> KEYS = SettingKey.of(LaunchSettings.class, Map.of());

  /** Adds those that are no option of the command yet. */
  @Override
  public CommandSpec transform(CommandSpec command) {
    for (SettingKey key : KEYS) {
      if (command.findOption("--" + key.flag()) == null) {
        command.addOption(
            OptionSpec.builder("--" + key.flag())
                .paramLabel(key.setting().value())
                .type(key.type() == List.class ? List.class : String.class)
                .description(key.help())
                .build());
      }
    }
    return command;
  }

  /** The flags that a command was called with, laid over a recipe's section. */
  static LaunchSettings over(LaunchSettings recipe, CommandSpec command) {
    Map<String, Object> values = StrictYaml.toMap(recipe);
    for (SettingKey key : KEYS) {
      OptionSpec flag = command.commandLine().getParseResult().matchedOption("--" + key.flag());
      if (flag != null) {
        values.put(key.path(), key.value(flag.originalStringValues()));
      }
    }
    try {
      return LaunchSettings.of(values, "flags");
    } catch (BadYamlException e) {
      throw wrongUse("--" + e.problem());
    }
  }
}
