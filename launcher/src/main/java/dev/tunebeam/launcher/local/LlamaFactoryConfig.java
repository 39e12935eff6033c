package dev.tunebeam.launcher.local;

import dev.tunebeam.dataset.Format;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A LLaMA-Factory config, and its {@code dataset_info.json} with one entry per shard. The chat
 * template is that of the model's tokenizer.
 *
 * <p>Sources: data/README.md, src/llamafactory/data/loader.py and examples/train_lora in
 * github.com/hiyouga/LLaMA-Factory. Not tested with LLaMA-Factory itself.
 */
final class LlamaFactoryConfig {

  private LlamaFactoryConfig() {}

  static Map<String, Object> of(LocalPlan plan) {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("model_name_or_path", plan.model());
    config.put("stage", plan.isPreference() ? "dpo" : "sft");
    config.put("do_train", true);
    config.put("finetuning_type", "lora");
    config.put("lora_rank", LocalPlan.LORA_RANK);
    config.put("lora_alpha", LocalPlan.LORA_ALPHA);
    config.put("lora_dropout", LocalPlan.LORA_DROPOUT);
    config.put("lora_target", "all");
    if (plan.isPreference()) {
      config.put("pref_beta", plan.beta());
      config.put("pref_loss", "sigmoid");
    }
    config.put("dataset_dir", ".");
    config.put("dataset", String.join(",", names("train", plan.train())));
    if (plan.hasValidation()) {
      config.put("eval_dataset", String.join(",", names("validation", plan.validation())));
    }
    if (plan.format() == Format.COMPLETION) {
      config.put("template", "empty");
    }
    config.put("cutoff_len", plan.longest());
    config.put("output_dir", plan.output() + "-llama-factory");
    config.put("num_train_epochs", plan.epochs());
    config.put("per_device_train_batch_size", 1);
    config.put("per_device_eval_batch_size", 1);
    config.put("gradient_accumulation_steps", plan.batch());
    config.put("learning_rate", plan.learningRate());
    config.put("lr_scheduler_type", "cosine");
    config.put("bf16", true);
    config.put("seed", plan.seed());
    config.put("eval_strategy", plan.hasValidation() ? "epoch" : "no");
    config.put("save_strategy", "epoch");
    config.put("logging_steps", 10);
    config.put("plot_loss", true);
    config.put("report_to", "none");
    return config;
  }

  /** The contents of {@code dataset_info.json}. */
  static Map<String, Object> datasets(LocalPlan plan) {
    Map<String, Object> info = new LinkedHashMap<>();
    add(info, plan, "train", plan.train());
    add(info, plan, "validation", plan.validation());
    return info;
  }

  private static void add(
      Map<String, Object> info, LocalPlan plan, String split, List<String> files) {
    List<String> names = names(split, files);
    for (int i = 0; i < files.size(); i++) {
      info.put(names.get(i), dataset(plan, files.get(i)));
    }
  }

  private static List<String> names(String split, List<String> files) {
    return IntStream.range(0, files.size())
        .mapToObj(i -> String.format(Locale.ROOT, "%s_%05d", split, i))
        .toList();
  }

  private static Map<String, Object> dataset(LocalPlan plan, String file) {
    Map<String, Object> dataset = new LinkedHashMap<>();
    dataset.put("file_name", file);
    Map<String, Object> columns = new LinkedHashMap<>();
    boolean turns = plan.format() != Format.COMPLETION && plan.format() != Format.ALPACA;
    dataset.put("formatting", turns ? "sharegpt" : "alpaca");
    switch (plan.format()) {
      case CHAT -> columns.put("messages", "messages");
      case SHAREGPT -> columns.put("messages", "conversations");
      case PREFERENCE -> {
        dataset.put("ranking", true);
        columns.put("messages", "prompt");
        columns.put("chosen", PreferenceLines.CHOSEN_MESSAGE);
        columns.put("rejected", PreferenceLines.REJECTED_MESSAGE);
      }
      case ALPACA -> {
        columns.put("prompt", "instruction");
        columns.put("query", "input");
        columns.put("response", "output");
      }
      case COMPLETION -> {
        columns.put("prompt", "prompt");
        columns.put("response", "completion");
      }
    }
    dataset.put("columns", columns);
    if (plan.format() == Format.CHAT || plan.isPreference()) {
      dataset.put("tags", tags());
    }
    return dataset;
  }

  private static Map<String, Object> tags() {
    Map<String, Object> tags = new LinkedHashMap<>();
    tags.put("role_tag", "role");
    tags.put("content_tag", "content");
    tags.put("user_tag", "user");
    tags.put("assistant_tag", "assistant");
    tags.put("system_tag", "system");
    tags.put("observation_tag", "tool");
    return tags;
  }
}
