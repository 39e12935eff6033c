package dev.tunebeam.launcher.local;

import static dev.tunebeam.launcher.process.LauncherException.wrongUse;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.tunebeam.dataset.DashedNames;
import dev.tunebeam.dataset.Format;
import dev.tunebeam.dataset.settings.Method;
import java.util.Arrays;
import java.util.List;

/** The programs that configs are written for, and how they are started. */
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
                    "--start=%s: there is no such trainer; the trainers are %s"
                        .formatted(name, Arrays.toString(values()))));
  }

  /** The name of the config's file. */
  String config() {
    return config;
  }

  /** How to get it. */
  String installation() {
    return installation;
  }

  /** Whether it reads such lines. */
  boolean reads(Format format) {
    return this != TRL || format.isUploaded();
  }

  /** The program and its arguments; to be run in the folder of the config. */
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
