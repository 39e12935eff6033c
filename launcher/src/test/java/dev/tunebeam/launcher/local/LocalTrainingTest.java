package dev.tunebeam.launcher.local;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tunebeam.dataset.DatasetDigest;
import dev.tunebeam.dataset.Format;
import dev.tunebeam.dataset.Manifest;
import dev.tunebeam.dataset.settings.Method;
import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.launcher.command.Providers;
import dev.tunebeam.launcher.process.LauncherException;
import dev.tunebeam.launcher.provider.TrainingSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalTrainingTest {

  private static final String MODEL = "Qwen/Qwen3-0.6B";

  private static final Manifest.Shard FIRST =
      new Manifest.Shard("train", "train-00000-of-00002.jsonl", 6, 900, "1".repeat(64));
  private static final Manifest.Shard SECOND =
      new Manifest.Shard("train", "train-00001-of-00002.jsonl", 5, 800, "2".repeat(64));
  private static final Manifest.Shard VALIDATION =
      new Manifest.Shard("validation", "validation-00000-of-00001.jsonl", 2, 300, "3".repeat(64));

  private static final String CHAT = chat().digest().substring(0, 16);

  private static Manifest manifest(
      Format format, Manifest.Inference inference, int epochs, Manifest.Shard... shards) {
    List<Manifest.Shard> list = List.of(shards);
    long train = examples(list, "train");
    long validation = examples(list, "validation");
    return new Manifest(
        format,
        DatasetDigest.of(list),
        new Manifest.Rows(
            train + validation, new Manifest.Rejected(0, new TreeMap<>()), 0, train, validation),
        0,
        0,
        new TreeMap<>(),
        new Manifest.Tokens("o200k_base", 1200, 400, new Manifest.PerExample(90, 200, 290, 700)),
        new Manifest.Cost("m", "local", epochs, 1200, null, LocalDate.of(2026, 11, 20)),
        list,
        new Manifest.Files(List.of(), List.of()),
        inference,
        Map.of(),
        List.of(),
        Map.of(),
        "1");
  }

  private static long examples(List<Manifest.Shard> shards, String split) {
    return shards.stream()
        .filter(shard -> shard.split().equals(split))
        .mapToLong(Manifest.Shard::examples)
        .sum();
  }

  private static Manifest chat() {
    return manifest(
        Format.CHAT, new Manifest.Inference("", "", false, null), 3, FIRST, SECOND, VALIDATION);
  }

  private static Manifest preference() {
    return manifest(
        Format.PREFERENCE,
        new Manifest.Inference("", "", false, null),
        3,
        FIRST,
        SECOND,
        VALIDATION);
  }

  private static Manifest other(Format format) {
    return manifest(format, new Manifest.Inference("", "", false, null), 3, FIRST);
  }

  private static Manifest completion() {
    return manifest(
        Format.COMPLETION, new Manifest.Inference("\n\n###\n\n", " END", true, 1), 0, FIRST);
  }

  private static TrainingSettings settings(Method method) {
    return new TrainingSettings(
        MODEL, method, null, null, null, null, null, null, null, null, null, null);
  }

  @Test
  void chatLinesAreTrainedOnTheAssistantsWordsByTrl() {
    Map<String, String> files =
        LocalTraining.of(
                Path.of(""),
                chat(),
                new TrainingSettings(
                    MODEL,
                    Method.SUPERVISED,
                    2,
                    4,
                    null,
                    new BigDecimal("0.000005"),
                    null,
                    7,
                    "support",
                    null,
                    null,
                    null))
            .files();

    assertThat(
        files.get("trl.yaml"),
        is(
            """
            # Dataset %s
            # Run in this folder: trl sft --config trl.yaml
            # The batch size is 4 on one GPU; with more GPUs divide gradient_accumulation_steps.
            model_name_or_path: "Qwen/Qwen3-0.6B"
            dataset_name: "data-%s"
            dataset_train_split: "train"
            dataset_test_split: "validation"
            output_dir: "model-support-trl"
            num_train_epochs: 2
            per_device_train_batch_size: 1
            per_device_eval_batch_size: 1
            gradient_accumulation_steps: 4
            learning_rate: 0.000005
            lr_scheduler_type: "cosine"
            seed: 7
            max_length: 1024
            gradient_checkpointing: true
            assistant_only_loss: true
            use_peft: true
            lora_r: 16
            lora_alpha: 32
            lora_dropout: 0.05
            lora_target_modules:
              - "all-linear"
            eval_strategy: "epoch"
            save_strategy: "epoch"
            logging_steps: 10
            report_to: "none"
            """
                .formatted(chat().digest(), CHAT)));
    assertThat(
        files.get("data-" + CHAT + "/README.md"),
        is(
            """
            ---
            configs:
              - config_name: "default"
                data_files:
                  - split: "train"
                    path:
                      - "../../train-00000-of-00002.jsonl"
                      - "../../train-00001-of-00002.jsonl"
                  - split: "validation"
                    path:
                      - "../../validation-00000-of-00001.jsonl"
            ---
            """));
  }

  @Test
  void chatLinesAreNamedShardByShardForAxolotl() {
    String config =
        LocalTraining.of(Path.of(""), chat(), settings(Method.SUPERVISED))
            .files()
            .get("axolotl.yaml");

    assertThat(
        config,
        is(
            """
            # Dataset %s
            # Run in this folder: axolotl train axolotl.yaml
            # The batch size is 8 on one GPU; with more GPUs divide gradient_accumulation_steps.
            base_model: "Qwen/Qwen3-0.6B"
            chat_template: "tokenizer_default_fallback_chatml"
            datasets:
              - path: "../train-00000-of-00002.jsonl"
                ds_type: "json"
                split: "train"
                type: "chat_template"
                field_messages: "messages"
              - path: "../train-00001-of-00002.jsonl"
                ds_type: "json"
                split: "train"
                type: "chat_template"
                field_messages: "messages"
            test_datasets:
              - path: "../validation-00000-of-00001.jsonl"
                ds_type: "json"
                split: "train"
                type: "chat_template"
                field_messages: "messages"
            val_set_size: 0
            dataset_prepared_path: "prepared-data-%s"
            output_dir: "model-axolotl"
            sequence_len: 1024
            sample_packing: false
            train_on_inputs: false
            adapter: "lora"
            lora_r: 16
            lora_alpha: 32
            lora_dropout: 0.05
            lora_target_linear: true
            num_epochs: 3
            micro_batch_size: 1
            gradient_accumulation_steps: 8
            optimizer: "adamw_torch"
            learning_rate: 0.0002
            lr_scheduler: "cosine"
            bf16: "auto"
            gradient_checkpointing: true
            seed: 42
            evals_per_epoch: 1
            saves_per_epoch: 1
            logging_steps: 10
            """
                .formatted(chat().digest(), CHAT)));
  }

  @Test
  void completionLinesHaveTheirSeparatorAndStopSequenceSaidInLlamaFactorysConfig() {
    Map<String, String> files =
        LocalTraining.of(Path.of(""), completion(), settings(Method.SUPERVISED)).files();

    assertThat(
        files.get("llama-factory.yaml"),
        is(
            """
            # Dataset %s
            # Run in this folder: llamafactory-cli train llama-factory.yaml
            # The batch size is 8 on one GPU; with more GPUs divide gradient_accumulation_steps.
            # Prompts end with the separator "\\n\\n###\\n\\n"
            # Completions start with a space and end with " END": use it as the stop sequence at inference
            model_name_or_path: "Qwen/Qwen3-0.6B"
            stage: "sft"
            do_train: true
            finetuning_type: "lora"
            lora_rank: 16
            lora_alpha: 32
            lora_dropout: 0.05
            lora_target: "all"
            dataset_dir: "."
            dataset: "train_00000"
            template: "empty"
            cutoff_len: 1024
            output_dir: "model-llama-factory"
            num_train_epochs: 3
            per_device_train_batch_size: 1
            per_device_eval_batch_size: 1
            gradient_accumulation_steps: 8
            learning_rate: 0.0002
            lr_scheduler_type: "cosine"
            bf16: true
            seed: 42
            eval_strategy: "no"
            save_strategy: "epoch"
            logging_steps: 10
            plot_loss: true
            report_to: "none"
            """
                .formatted(completion().digest())));
    assertThat(
        files.get("dataset_info.json"),
        is(
            """
            {
              "train_00000" : {
                "file_name" : "../train-00000-of-00002.jsonl",
                "formatting" : "alpaca",
                "columns" : {
                  "prompt" : "prompt",
                  "response" : "completion"
                }
              }
            }
            """));
    assertThat(files.get("trl.yaml"), containsString("\ncompletion_only_loss: true\n"));
    assertThat(
        files.get("axolotl.yaml"),
        containsString(
            """
                type:
                  field_instruction: "prompt"
                  field_output: "completion"
                  format: "{instruction}"
                  no_input_format: "{instruction}"
            """));
  }

  @Test
  void preferencesAreRewrittenAndNamedInAllConfigs(@TempDir Path dataset) throws IOException {
    String line =
        """
        {"input":{"messages":[{"role":"user","content":"q"}],"tools":[]},\
        "preferred_output":[{"role":"assistant","content":"ä"}],\
        "non_preferred_output":[{"role":"assistant","content":"b"}]}
        """;
    Files.writeString(dataset.resolve(FIRST.file()), line + line);
    Files.writeString(dataset.resolve(SECOND.file()), line);
    Files.writeString(dataset.resolve(VALIDATION.file()), line);
    LocalTraining training = LocalTraining.of(Path.of(""), preference(), settings(Method.DPO));

    List<Path> written = training.write(dataset);

    Path local = dataset.resolve("local");
    assertThat(
        written.stream().map(path -> local.relativize(path).toString()).toList(),
        contains(
            "trl.yaml",
            "data-" + CHAT + "/README.md",
            "axolotl.yaml",
            "llama-factory.yaml",
            "dataset_info.json",
            "preferences/train.jsonl",
            "preferences/validation.jsonl"));
    String rewritten =
        """
        {"prompt":[{"role":"user","content":"q"}],\
        "chosen":[{"role":"assistant","content":"ä"}],\
        "rejected":[{"role":"assistant","content":"b"}],\
        "chosen_message":{"role":"assistant","content":"ä"},\
        "rejected_message":{"role":"assistant","content":"b"}}
        """;
    assertThat(Files.readString(local.resolve("preferences/train.jsonl")), is(rewritten.repeat(3)));
    assertThat(Files.readString(local.resolve("preferences/validation.jsonl")), is(rewritten));
    assertThat(
        Files.readString(local.resolve("trl.yaml")),
        startsWith("# Dataset %s\n# Run in this folder: trl dpo ".formatted(chat().digest())));
    assertThat(
        Files.readString(local.resolve("trl.yaml")), containsString("learning_rate: 0.00001\n"));
    assertThat(Files.readString(local.resolve("trl.yaml")), containsString("\nbeta: 0.1\n"));
    assertThat(
        Files.readString(local.resolve("data-" + CHAT + "/README.md")),
        containsString("- \"../preferences/train.jsonl\"\n"));
    assertThat(
        Files.readString(local.resolve("axolotl.yaml")),
        containsString(
            """
            rl: "dpo"
            rl_beta: 0.1
            chat_template: "tokenizer_default_fallback_chatml"
            datasets:
              - path: "preferences/train.jsonl"
                ds_type: "json"
                split: "train"
                type: "chat_template.default"
                field_messages: "prompt"
                field_chosen: "chosen_message"
                field_rejected: "rejected_message"
            test_datasets:
              - path: "preferences/validation.jsonl"
            """));
    assertThat(
        Files.readString(local.resolve("dataset_info.json")), containsString("\"ranking\" : true"));
  }

  @Test
  void aLineThatIsNoPreferenceIsNamed(@TempDir Path dataset) throws IOException {
    Files.writeString(dataset.resolve(FIRST.file()), "{\"messages\":[]}\n");

    LauncherException refused =
        assertThrows(
            LauncherException.class,
            () ->
                LocalTraining.of(
                        Path.of(""),
                        manifest(
                            Format.PREFERENCE,
                            new Manifest.Inference("", "", false, null),
                            1,
                            FIRST),
                        settings(Method.DPO))
                    .write(dataset));

    assertThat(refused.exitCode(), is(ExitCode.WRONG_USE));
    assertThat(
        refused.text(),
        is(
            "train-00000-of-00002.jsonl, line 1: not a preference pair; --method=dpo needs"
                + " input, preferred_output and non_preferred_output"));
  }

  @Test
  void anAnswerOfTwoMessagesIsNamed() {
    LauncherException refused =
        assertThrows(
            LauncherException.class,
            () ->
                PreferenceLines.converted(
                    "{\"input\":{\"messages\":[]},\"preferred_output\":[{},{}]}", "f, line 9"));

    assertThat(
        refused.text(),
        is(
            "f, line 9: preferred_output must be one message, not 2; local trainers compare"
                + " single messages"));
  }

  @Test
  void whatItDoesNotTakeIsRefused() {
    TrainingSettings multiplier =
        new TrainingSettings(
            MODEL,
            Method.SUPERVISED,
            null,
            null,
            BigDecimal.ONE,
            null,
            null,
            null,
            null,
            null,
            null,
            null);
    TrainingSettings path =
        new TrainingSettings(
            MODEL,
            Method.SUPERVISED,
            null,
            null,
            null,
            null,
            null,
            null,
            "../up",
            null,
            null,
            null);

    assertThat(
        assertThrows(
                LauncherException.class, () -> LocalTraining.of(Path.of(""), chat(), multiplier))
            .text(),
        is("--learningRateMultiplier: not supported by Local training"));
    assertThat(
        assertThrows(LauncherException.class, () -> LocalTraining.of(Path.of(""), chat(), path))
            .text(),
        is(
            "--suffix is part of a folder name and may only contain letters, digits, dots,"
                + " dashes and underscores, not '../up'"));
    assertThat(
        assertThrows(
                LauncherException.class,
                () ->
                    LocalTraining.of(
                        Path.of(""),
                        manifest(Format.CHAT, new Manifest.Inference("", "", false, null), 0),
                        settings(Method.SUPERVISED)))
            .text(),
        is("the dataset has no training shards; prepare it without --dryRun"));
  }

  @Test
  void alpacaAndShareGptAreReadByTheTrainersThatKnowThem() {
    LocalTraining alpaca =
        LocalTraining.of(Path.of(""), other(Format.ALPACA), settings(Method.SUPERVISED));
    LocalTraining shareGpt =
        LocalTraining.of(Path.of(""), other(Format.SHAREGPT), settings(Method.SUPERVISED));

    assertThat(
        alpaca.files().keySet(),
        contains("axolotl.yaml", "llama-factory.yaml", "dataset_info.json"));
    assertThat(alpaca.files().get("axolotl.yaml"), containsString("\n    type: \"alpaca\"\n"));
    assertThat(
        alpaca.files().get("llama-factory.yaml"),
        containsString(
            "\n# Only instruction, input and output are read; system and history are ignored"));
    assertThat(
        alpaca.files().get("dataset_info.json"), containsString("\"prompt\" : \"instruction\""));
    assertThat(
        shareGpt.files().get("axolotl.yaml"),
        containsString(
            """
                field_messages: "conversations"
                message_property_mappings:
                  role: "from"
                  content: "value"
            """));
    assertThat(
        shareGpt.files().get("dataset_info.json"),
        containsString("\"messages\" : \"conversations\""));
    assertThat(
        assertThrows(LauncherException.class, () -> alpaca.command(Trainer.TRL)).text(),
        is("trl does not read the format alpaca; prepare the dataset with --format=chat"));
  }

  @Test
  void theMethodGoesWithTheLines() {
    assertThat(
        assertThrows(
                LauncherException.class,
                () -> LocalTraining.of(Path.of(""), preference(), settings(Method.SUPERVISED)))
            .text(),
        is("the dataset holds preference pairs, which need --method=dpo"));
    assertThat(
        assertThrows(
                LauncherException.class,
                () -> LocalTraining.of(Path.of(""), chat(), settings(Method.DPO)))
            .text(),
        is("--method=dpo needs preference pairs; this dataset's format is chat"));
  }

  @Test
  void itIsAProviderWithoutAnApi() {
    assertThat(Providers.profile("local").remote(), is(false));
  }

  @Test
  void aTrainerThatFailsEndsWithTheCodeOfAFailedJob(@TempDir Path folder) {
    LauncherException failed =
        assertThrows(
            LauncherException.class,
            () -> TrainerProcess.run(folder, List.of("sh", "-c", "exit 3"), "-", null));

    assertThat(failed.exitCode(), is(ExitCode.JOB_FAILED));
    assertThat(failed.text(), is("sh exited with code 3; see its output above"));
  }

  @Test
  void aTrainerRunsInTheFolderOfTheConfigs(@TempDir Path folder) throws IOException {
    TrainerProcess.run(folder, List.of("sh", "-c", "echo done > here"), "-", null);

    assertThat(Files.readString(folder.resolve("here")), is("done\n"));
  }

  @Test
  void theOutputOfATrainerLeavesTheStandardOutputToJson(@TempDir Path folder) {
    ByteArrayOutputStream messages = new ByteArrayOutputStream();
    TrainerProcess.run(folder, List.of("sh", "-c", "echo step 1; echo step 2"), "-", messages);
    assertThat(messages.toString(StandardCharsets.UTF_8), is("step 1\nstep 2\n"));
  }

  @Test
  void aTrainerThatIsNotInstalledIsAMistakeOfTheUser(@TempDir Path folder) {
    LauncherException missing =
        assertThrows(
            LauncherException.class,
            () ->
                TrainerProcess.run(
                    folder, List.of("no-such-trainer"), "pip install 'trl[peft]'", null));

    assertThat(missing.exitCode(), is(ExitCode.WRONG_USE));
    assertThat(
        missing.text(),
        is(
            "cannot start no-such-trainer: is it installed and on the PATH?"
                + " (pip install 'trl[peft]')"));
  }

  @Test
  void trainersAreKnownByName() {
    assertThat(Trainer.named("llama-factory"), is(Trainer.LLAMA_FACTORY));
    assertThat(
        assertThrows(LauncherException.class, () -> Trainer.named("trlx")).text(),
        is("--start=trlx: unknown trainer; choose one of [trl, axolotl, llama-factory]"));
  }
}
