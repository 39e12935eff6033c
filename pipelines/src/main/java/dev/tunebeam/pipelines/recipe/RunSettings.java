package dev.tunebeam.pipelines.recipe;

import dev.tunebeam.dataset.settings.Group;
import dev.tunebeam.dataset.settings.Setting;
import dev.tunebeam.dataset.settings.SettingKey;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a single run, set by flags only. Those of {@link Group#INSPECT} apply to {@code
 * inspect}.
 */
public record RunSettings(
    @Setting(
            group = Group.INPUT,
            value = "FILE",
            text = "YAML file with the settings below, see docs/recipe.md; flags override it.",
            unset = "no recipe")
        @Nullable String recipe,
    @Setting(
            group = Group.INSPECT,
            value = "FILE",
            text = "Write a recipe with all accepted recommendations, for prepare.")
        @Nullable String recipeOut,
    @Setting(group = Group.INSPECT, text = "Accept all recommendations without asking.")
        Boolean yes,
    @Setting(
            group = Group.RUN,
            text = "Count and price the dataset without writing it; needs no output folder.")
        Boolean dryRun,
    @Setting(group = Group.RUN, text = "Overwrite the dataset in the output folder.")
        Boolean overwrite,
    @Setting(
            group = Group.RUN,
            text = "Begin a new split: forget the sides of the dataset that previous names.")
        Boolean resplit,
    @Setting(
            group = Group.RUN,
            text = "The whole report: all fields, classes, findings and prices.")
        Boolean verbose,
    @Setting(group = Group.RUN, text = "No progress line.") Boolean quiet,
    @Setting(
            group = Group.RUN,
            value = "FILE",
            bare = RunSettings.STDOUT,
            text =
                "One JSON document on stdout, and all else on stderr; =FILE writes it to a file.")
        @Nullable String json,
    @Setting(group = Group.RUN, value = "FILE", text = "Log file of Beam and of the runner.")
        @Nullable String logFile) {

  /** The file name that stands for stdout. */
  public static final String STDOUT = "-";

  /** Fills in the defaults. */
  public RunSettings {
    yes = Boolean.TRUE.equals(yes);
    dryRun = Boolean.TRUE.equals(dryRun);
    overwrite = Boolean.TRUE.equals(overwrite);
    resplit = Boolean.TRUE.equals(resplit);
    verbose = Boolean.TRUE.equals(verbose);
    quiet = Boolean.TRUE.equals(quiet);
  }

  /** The file that the JSON document is written to; null for none. */
  public @Nullable String jsonFile() {
    return STDOUT.equals(json) ? null : json;
  }

  static List<SettingKey> keys() {
    return SettingKey.of(RunSettings.class, Map.of());
  }
}
