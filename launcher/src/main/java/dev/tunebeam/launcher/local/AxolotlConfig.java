package dev.tunebeam.launcher.local;

import dev.tunebeam.dataset.Format;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An Axolotl config with one entry per shard.
 *
 * <p>Sources: docs/dataset_loading.qmd, docs/dataset-formats and docs/rlhf.qmd in
 * github.com/axolotl-ai-cloud/axolotl. Not tested with Axolotl itself.
 */
final class AxolotlConfig {

  private AxolotlConfig() {}

  static Map<String, Object> of(LocalPlan plan) {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("base_model", plan.model());
    if (plan.isPreference()) {
      config.put("rl", "dpo");
      config.put("rl_beta", plan.beta());
    }
    if (plan.format() != Format.COMPLETION && plan.format() != Format.ALPACA) {
      config.put("chat_template", "tokenizer_default_fallback_chatml");
    }
    config.put("datasets", datasets(plan, plan.train()));
    if (plan.hasValidation()) {
      config.put("test_datasets", datasets(plan, plan.validation()));
    }
    config.put("val_set_size", 0);
    // Axolotl caches prepared data by file name; another dataset's shards have the same names.
    config.put("dataset_prepared_path", "prepared-" + plan.name());
    config.put("output_dir", plan.output() + "-axolotl");
    config.put("sequence_len", plan.longest());
    config.put("sample_packing", false);
    config.put("train_on_inputs", false);
    config.put("adapter", "lora");
    config.put("lora_r", LocalPlan.LORA_RANK);
    config.put("lora_alpha", LocalPlan.LORA_ALPHA);
    config.put("lora_dropout", LocalPlan.LORA_DROPOUT);
    config.put("lora_target_linear", true);
    config.put("num_epochs", plan.epochs());
    config.put("micro_batch_size", 1);
    config.put("gradient_accumulation_steps", plan.batch());
    config.put("optimizer", "adamw_torch");
    config.put("learning_rate", plan.learningRate());
    config.put("lr_scheduler", "cosine");
    config.put("bf16", "auto");
    config.put("gradient_checkpointing", true);
    config.put("seed", plan.seed());
    if (plan.hasValidation()) {
      config.put("evals_per_epoch", 1);
    }
    config.put("saves_per_epoch", 1);
    config.put("logging_steps", 10);
    return config;
  }

  private static List<Map<String, Object>> datasets(LocalPlan plan, List<String> files) {
    return files.stream().map(file -> dataset(plan, file)).toList();
  }

  private static Map<String, Object> dataset(LocalPlan plan, String file) {
    Map<String, Object> dataset = new LinkedHashMap<>();
    dataset.put("path", file);
    dataset.put("ds_type", "json");
    dataset.put("split", "train");
    switch (plan.format()) {
      case CHAT -> {
        dataset.put("type", "chat_template");
        dataset.put("field_messages", "messages");
      }
      case SHAREGPT -> {
        dataset.put("type", "chat_template");
        dataset.put("field_messages", "conversations");
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("role", "from");
        properties.put("content", "value");
        dataset.put("message_property_mappings", properties);
      }
      case PREFERENCE -> {
        dataset.put("type", "chat_template.default");
        dataset.put("field_messages", "prompt");
        dataset.put("field_chosen", PreferenceLines.CHOSEN_MESSAGE);
        dataset.put("field_rejected", PreferenceLines.REJECTED_MESSAGE);
      }
      case ALPACA -> dataset.put("type", "alpaca");
      case COMPLETION -> {
        Map<String, Object> type = new LinkedHashMap<>();
        type.put("field_instruction", "prompt");
        type.put("field_output", "completion");
        type.put("format", "{instruction}");
        type.put("no_input_format", "{instruction}");
        dataset.put("type", type);
      }
    }
    return dataset;
  }
}
