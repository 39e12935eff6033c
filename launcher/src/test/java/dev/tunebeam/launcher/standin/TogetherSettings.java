package dev.tunebeam.launcher.standin;

/** What a fine-tune of Together can be asked for. */
final class TogetherSettings {
  static final String[] NAMES = {
    "batch_size",
    "early_stopping",
    "from_checkpoint",
    "gradient_accumulation_steps",
    "learning_rate",
    "lr_scheduler",
    "max_grad_norm",
    "max_seq_length",
    "model",
    "n_checkpoints",
    "n_epochs",
    "n_evals",
    "packing",
    "random_seed",
    "suffix",
    "train_on_inputs",
    "training_file",
    "training_method",
    "training_type",
    "validation_file",
    "wandb_api_key",
    "wandb_base_url",
    "wandb_entity",
    "wandb_name",
    "wandb_project_name",
    "warmup_ratio",
    "weight_decay"
  };

  private TogetherSettings() {}
}
