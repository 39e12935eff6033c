package dev.tunebeam.launcher.local;

import static dev.tunebeam.launcher.process.LauncherException.wrongUse;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.tunebeam.dataset.Format;
import dev.tunebeam.dataset.settings.Method;
import dev.tunebeam.dataset.yaml.DashedNames;
import java.util.Arrays;
import java.util.List;

/** The supported trainers and how to start them. */
public enum Trainer {
  /** Hugging Face TRL. */
  TRL("trl.yaml", "pip install 'trl[peft]'"),
  AXOLOTL("axolotl.yaml", "see https://docs.axolotl.ai/docs/installation.html"),
  LLAMA_FACTORY("llama-factory.yaml", "pip install llamafactory");

  private final String config;
  private final String installation;

  Trainer(String config, String installation) {
    this.config = config;
    this.installation = installation;
  }

  /** The trainer of that name, {@code trl}, {@code axolotl} or {@code llama-factory}. */
  public static Trainer named(String name) {
    return Arrays.stream(values())
        .filter(trainer -> trainer.toString().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                wrongUse(
                    "--start=%s: unknown trainer; choose one of %s"
                        .formatted(name, Arrays.toString(values()))));
  }

  /** The file name of the config. */
  String config() {
    return config;
  }

  /** How to install it. */
  String installation() {
    return installation;
  }

  /** Whether it reads this format. */
  boolean reads(Format format) {
    return this != TRL || format.isUploaded();
  }

  /** The command line, to be run in the config's folder. */
  List<String> command(Method method) {
    return switch (this) {
      case TRL -> List.of("trl", method == Method.DPO ? "dpo" : "sft", "--config", config);
      case AXOLOTL -> List.of("axolotl", "train", config);
      case LLAMA_FACTORY -> List.of("llamafactory-cli", "train", config);
    };
  }

  /** The name in {@code --start}. */
  @JsonValue
  @Override
  public String toString() {
    return DashedNames.of(this);
  }
}
