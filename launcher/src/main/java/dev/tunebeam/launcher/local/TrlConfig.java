package dev.tunebeam.launcher.local;

import dev.tunebeam.dataset.Format;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A config for TRL's command line. The shards are listed in a dataset card, the only way to pass
 * both splits. The card's folder name contains the dataset's digest: the datasets library caches by
 * folder and file names, and would otherwise use a previous dataset's shards.
 *
 * <p>Tested with TRL 1.13's parser and datasets 5.0.
 */
final class TrlConfig {

  private TrlConfig() {}

  static Map<String, Object> of(LocalPlan plan) {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("model_name_or_path", plan.model());
    config.put("dataset_name", plan.name());
    config.put("dataset_train_split", "train");
    config.put("dataset_test_split", "validation");
    config.put("output_dir", plan.output() + "-trl");
    config.put("num_train_epochs", plan.epochs());
    config.put("per_device_train_batch_size", 1);
    config.put("per_device_eval_batch_size", 1);
    config.put("gradient_accumulation_steps", plan.batch());
    config.put("learning_rate", plan.learningRate());
    config.put("lr_scheduler_type", "cosine");
    config.put("seed", plan.seed());
    config.put("max_length", plan.longest());
    config.put("gradient_checkpointing", true);
    if (plan.isPreference()) {
      config.put("beta", plan.beta());
    } else if (plan.format() == Format.CHAT) {
      config.put("assistant_only_loss", true);
    } else {
      config.put("completion_only_loss", true);
    }
    config.put("use_peft", true);
    config.put("lora_r", LocalPlan.LORA_RANK);
    config.put("lora_alpha", LocalPlan.LORA_ALPHA);
    config.put("lora_dropout", LocalPlan.LORA_DROPOUT);
    config.put("lora_target_modules", List.of("all-linear"));
    config.put("eval_strategy", plan.hasValidation() ? "epoch" : "no");
    config.put("save_strategy", "epoch");
    config.put("logging_steps", 10);
    config.put("report_to", "none");
    return config;
  }

  /** The front matter of the dataset card: the files of each split. */
  static Map<String, Object> card(LocalPlan plan) {
    List<Map<String, Object>> splits = new ArrayList<>();
    splits.add(split("train", plan.train()));
    if (plan.hasValidation()) {
      splits.add(split("validation", plan.validation()));
    }
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("config_name", "default");
    config.put("data_files", splits);
    return Map.of("configs", List.of(config));
  }

  private static Map<String, Object> split(String name, List<String> files) {
    Map<String, Object> split = new LinkedHashMap<>();
    split.put("split", name);
    split.put("path", files.stream().map(file -> "../" + file).toList());
    return split;
  }
}
