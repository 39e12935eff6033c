package dev.tunebeam.launcher.local;

import static dev.tunebeam.launcher.process.LauncherException.wrongUse;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.tunebeam.dataset.DataFolder;
import dev.tunebeam.dataset.Format;
import dev.tunebeam.dataset.Manifest;
import dev.tunebeam.dataset.settings.Method;
import dev.tunebeam.dataset.settings.ProviderName;
import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.dataset.terminal.ShellCommand;
import dev.tunebeam.launcher.process.LauncherException;
import dev.tunebeam.launcher.provider.ProviderProfile;
import dev.tunebeam.launcher.provider.ProviderProfile.Offer;
import dev.tunebeam.launcher.provider.TrainingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Training on local GPUs: configs for TRL, Axolotl and LLaMA-Factory in the dataset's folder {@code
 * local}, and the command for each. No network, key or price. Deterministic. Models are trained
 * with LoRA (rank 16) and a per-device batch size of 1, to fit on most GPUs; settings that are not
 * set get explicit defaults in the config.
 *
 * <p>Immutable; {@link #files} and {@link #command} are pure, {@link #write} writes.
 */
public final class LocalTraining {

  /** The profile of {@code --provider=local}. It has no key and no base URL. */
  public static final ProviderProfile PROFILE =
      new ProviderProfile(
          ProviderName.LOCAL.toString(),
          "Local training",
          null,
          "",
          "",
          64,
          Long.MAX_VALUE,
          EnumSet.allOf(Format.class),
          EnumSet.allOf(Method.class),
          EnumSet.of(Offer.SEED, Offer.BATCH_SIZE, Offer.LEARNING_RATE, Offer.BETA));

  /** The folder of the configs, inside the dataset's folder. */
  public static final String FOLDER = "local";

  private static final String PREFERENCES = "preferences";

  private static final ObjectMapper YAML =
      YAMLMapper.builder()
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .disable(YAMLGenerator.Feature.SPLIT_LINES)
          .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
          .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
          .build();

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final Manifest manifest;
  private final LocalPlan plan;

  private LocalTraining(Manifest manifest, LocalPlan plan) {
    this.manifest = manifest;
    this.plan = plan;
  }

  /**
   * Creates the training of a dataset.
   *
   * @param dataset its folder
   * @param settings the model is a Hugging Face Hub id or a folder
   * @throws LauncherException for unsupported settings, or a dataset without shards
   */
  public static LocalTraining of(Path dataset, Manifest manifest, TrainingSettings settings) {
    PROFILE.check(settings);
    String suffix = settings.suffix();
    if (suffix != null && !suffix.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
      throw wrongUse(
          ("--suffix is part of a folder name and may only contain letters, digits, dots,"
                  + " dashes and underscores, not '%s'")
              .formatted(suffix));
    }
    boolean pairs = manifest.format() == Format.PREFERENCE;
    if (pairs != (settings.method() == Method.DPO)) {
      throw wrongUse(
          pairs
              ? "the dataset holds preference pairs, which need --method=dpo"
              : "--method=dpo needs preference pairs; this dataset's format is "
                  + manifest.format());
    }
    List<String> train = files(dataset, manifest, settings.method(), Manifest.TRAIN);
    if (train.isEmpty()) {
      throw wrongUse("the dataset has no training shards; prepare it without --dryRun");
    }
    List<String> validation = files(dataset, manifest, settings.method(), Manifest.VALIDATION);
    return new LocalTraining(manifest, LocalPlan.of(manifest, settings, train, validation));
  }

  /** The files of a split, relative to the folder of the configs. */
  private static List<String> files(Path dataset, Manifest manifest, Method method, String split) {
    List<Path> shards = shards(dataset, manifest, split);
    return method == Method.DPO && !shards.isEmpty()
        ? List.of(PREFERENCES + "/" + split + ".jsonl")
        : shards.stream()
            .map(file -> "../" + dataset.relativize(file).toString().replace('\\', '/'))
            .toList();
  }

  private static List<Path> shards(Path dataset, Manifest manifest, String split) {
    return manifest.shards().stream()
        .filter(shard -> shard.split().equals(split) && shard.examples() > 0)
        .map(shard -> DataFolder.resolve(dataset, shard.file()))
        .toList();
  }

  /** The configs' contents by their path in {@link #FOLDER}, in order. */
  public Map<String, String> files() {
    Map<String, String> files = new LinkedHashMap<>();
    if (Trainer.TRL.reads(plan.format())) {
      files.put(Trainer.TRL.config(), config(Trainer.TRL, TrlConfig.of(plan)));
      files.put(plan.name() + "/README.md", "---\n" + yaml(TrlConfig.card(plan)) + "---\n");
    }
    files.put(Trainer.AXOLOTL.config(), config(Trainer.AXOLOTL, AxolotlConfig.of(plan)));
    files.put(
        Trainer.LLAMA_FACTORY.config(), config(Trainer.LLAMA_FACTORY, LlamaFactoryConfig.of(plan)));
    files.put("dataset_info.json", json(LlamaFactoryConfig.datasets(plan)));
    return Collections.unmodifiableMap(files);
  }

  /**
   * The command line, to be run in {@link #FOLDER}.
   *
   * @throws LauncherException if the trainer does not read the dataset's format
   */
  public List<String> command(Trainer trainer) {
    if (!trainer.reads(plan.format())) {
      throw wrongUse(
          "%s does not read the format %s; prepare the dataset with --format=chat"
              .formatted(trainer, plan.format()));
    }
    return trainer.command(plan.method());
  }

  private String config(Trainer trainer, Map<String, Object> config) {
    StringBuilder text = new StringBuilder();
    comment(text, "Dataset " + manifest.digest());
    comment(
        text,
        "Run in this folder: "
            + command(trainer).stream().map(ShellCommand::quoted).collect(Collectors.joining(" ")));
    comment(
        text,
        "The batch size is %s on one GPU; with more GPUs divide gradient_accumulation_steps."
            .formatted(plan.batch()));
    if (plan.format() == Format.ALPACA) {
      comment(text, "Only instruction, input and output are read; system and history are ignored.");
    }
    Manifest.Inference inference = manifest.inference();
    if (!inference.separator().isEmpty()) {
      comment(text, "Prompts end with the separator " + quoted(inference.separator()));
    }
    if (!inference.stop().isEmpty()) {
      comment(
          text,
          "Completions %send with %s: use it as the stop sequence at inference"
              .formatted(
                  inference.leadingSpace() ? "start with a space and " : "",
                  quoted(inference.stop())));
    }
    return text.append(yaml(config)).toString();
  }

  private static void comment(StringBuilder text, String line) {
    text.append("# ").append(line).append('\n');
  }

  /**
   * Writes the files into a dataset's folder and replaces existing ones.
   *
   * @return the paths, in order
   * @throws LauncherException if they cannot be written, or a line is not a preference pair for dpo
   */
  public List<Path> write(Path dataset) {
    Path folder = dataset.resolve(FOLDER);
    List<Path> written = new ArrayList<>();
    try {
      for (Map.Entry<String, String> file : files().entrySet()) {
        Path path = folder.resolve(file.getKey());
        Files.createDirectories(path.getParent());
        written.add(Files.writeString(path, file.getValue()));
      }
      if (plan.isPreference()) {
        written.addAll(writePreferences(dataset, folder));
      }
      return written;
    } catch (IOException e) {
      throw new LauncherException(
          ExitCode.FAILED, "%s cannot be written: %s".formatted(folder, e), e);
    }
  }

  private List<Path> writePreferences(Path dataset, Path folder) throws IOException {
    List<Path> written = new ArrayList<>();
    for (String split : List.of(Manifest.TRAIN, Manifest.VALIDATION)) {
      List<Path> shards = shards(dataset, manifest, split);
      if (!shards.isEmpty()) {
        Path path = folder.resolve(PREFERENCES).resolve(split + ".jsonl");
        Files.createDirectories(path.getParent());
        PreferenceLines.write(shards, path);
        written.add(path);
      }
    }
    return written;
  }

  private static String yaml(Object value) {
    return text(YAML, value);
  }

  private static String json(Object value) {
    return text(JSON, value) + "\n";
  }

  private static String quoted(String text) {
    return text(new JsonMapper(), text);
  }

  private static String text(ObjectMapper mapper, Object value) {
    try {
      return mapper.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
