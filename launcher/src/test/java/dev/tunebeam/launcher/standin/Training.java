package dev.tunebeam.launcher.standin;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Moves jobs: validating_files, queued, (unknown statuses,) running in some moves, the end. Events,
 * metrics, checkpoints, the model and its results come on the way. All a function of the job's
 * files and settings.
 */
final class Training {
  /** A status of providers that cancel in two steps; the next move ends the job. */
  static final String CANCEL_REQUESTED = "cancel_requested";

  private static final int MOST_STEPS = 240;
  private final Store store;
  private final Behaviour behaviour;

  Training(Store store, Behaviour behaviour) {
    this.store = store;
    this.behaviour = behaviour;
  }

  /** What a job says when it is created. */
  void created(Job job) {
    say(job, "info", "Created fine-tuning job: " + job.id());
    say(job, "info", "Validating training file: " + job.spec().trainingFile());
  }

  /** A GET of a job: the first shows it as it was created, each other moves it first. */
  void poll(Job job) {
    if (job.countPoll() > 1 && behaviour.advanceByPolls()) {
      move(job);
    }
  }

  /** One move; nothing for a job that has ended, is paused or stuck. */
  void move(Job job) {
    switch (job.status()) {
      case "validating_files" -> validate(job);
      case "running" -> train(job);
      case "queued" -> leaveQueue(job, 0);
      case CANCEL_REQUESTED -> {
        say(job, "info", "Fine-tuning job cancelled");
        job.end(Outcome.cancelled(), store.now());
      }
      default -> {
        int at = behaviour.unknownStatuses().indexOf(job.status());
        if (at >= 0) {
          leaveQueue(job, at + 1);
        }
      }
    }
  }

  private void validate(Job job) {
    Outcome complaint = complaint(job, job.spec().trainingFile(), "training_file");
    String validation = job.spec().validationFile();
    if (complaint == null && validation != null) {
      complaint = complaint(job, validation, "validation_file");
    }
    if (complaint != null) {
      say(job, "error", String.valueOf(complaint.message()));
      job.end(complaint, store.now());
      return;
    }
    say(job, "info", "Files validated, moving job to queued state");
    job.status("queued");
  }

  private @Nullable Outcome complaint(Job job, String fileId, String param) {
    StoredFile file = store.file(fileId);
    if (file == null) {
      return Outcome.failed("file_not_found", "File " + fileId + " was deleted.", param);
    }
    return TrainingFileCheck.complaint(
        file, job.spec().method(), param, job.spec().leastExamples());
  }

  private void leaveQueue(Job job, int nextUnknown) {
    List<String> unknown = behaviour.unknownStatuses();
    if (nextUnknown < unknown.size()) {
      job.status(unknown.get(nextUnknown));
      return;
    }
    say(job, "info", "Fine-tuning job started");
    job.status("running");
    job.estimate(store.now() + 60L * behaviour.runningSteps());
  }

  private void train(Job job) {
    int moves = behaviour.runningSteps();
    int move = job.countMove();
    int examples = examples(job);
    int epochs = job.spec().epochs();
    int perEpoch = Math.max(1, Math.min(examples / 8, MOST_STEPS / epochs));
    int total = perEpoch * epochs;
    int until = Math.min(total, (int) Math.ceil((double) total * move / moves));
    for (int step = job.metrics().size() + 1; step <= until; step++) {
      boolean epochEnd = step % perEpoch == 0;
      Metrics metrics = Metrics.at(step, total, job.spec().validationFile() != null, epochEnd);
      job.metrics().add(metrics);
      String message = "Step " + step + "/" + total + ": training loss=" + metrics.trainLoss();
      job.events().add(event("info", message, metrics));
      if (epochEnd && step < total) {
        checkpoint(job, metrics);
      }
    }
    job.estimate(store.now() + 60L * Math.max(0, moves - move));
    if (move >= moves) {
      end(job);
    }
  }

  private void end(Job job) {
    Outcome outcome = behaviour.outcome();
    if (!outcome.status().equals("succeeded")) {
      if (outcome.status().equals("failed") || outcome.status().equals("cancelled")) {
        String why = outcome.message() == null ? "Fine-tuning job cancelled" : outcome.message();
        say(job, outcome.code() == null ? "info" : "error", why);
        job.end(outcome, store.now());
      } else {
        job.status(outcome.status());
        job.estimate(null);
      }
      return;
    }
    checkpoint(job, job.metrics().get(job.metrics().size() - 1));
    String model = modelName(job, "");
    addModel(job, model);
    StringBuilder csv = new StringBuilder(Metrics.csvHeader(behaviour.accuracyColumn()));
    job.metrics().forEach(metrics -> csv.append(metrics.csv()));
    String content =
        behaviour.resultsInBase64()
            ? Base64.getEncoder().encodeToString(csv.toString().getBytes(StandardCharsets.UTF_8))
            : csv.toString();
    StoredFile results =
        store.addFile("step_metrics.csv", "fine-tune-results", ByteString.encodeUtf8(content));
    StoredFile training = store.file(job.spec().trainingFile());
    long tokens = training == null ? 0 : (long) training.content().size() / 4 * job.spec().epochs();
    say(job, "info", "New fine-tuned model created");
    say(job, "info", "The job has successfully completed");
    job.succeed(model, results.id(), tokens, store.now());
  }

  private void checkpoint(Job job, Metrics metrics) {
    boolean last = metrics.step() == metrics.totalSteps();
    String model = modelName(job, last ? "" : ":ckpt-step-" + metrics.step());
    job.checkpoints().add(new Job.Checkpoint(store.newId("ftckpt_"), store.now(), model, metrics));
    if (!last) {
      addModel(job, model);
    }
    say(job, "info", "Checkpoint created at step " + metrics.step());
    while (job.checkpoints().size() > 3) {
      store.removeModel(job.checkpoints().remove(0).model());
    }
  }

  /** {@code ft:BASE:stand-in:SUFFIX:abc123}; the last part differs from job to job. */
  private String modelName(Job job, String ending) {
    String given = job.spec().outputModel();
    if (given != null) {
      return given + ending;
    }
    int number = 123 + store.jobs().indexOf(job);
    String model = job.spec().model();
    String base = model.startsWith("ft:") ? model.split(":", -1)[1] : model;
    String suffix = job.spec().suffix();
    return "ft:" + base + ":stand-in:" + (suffix == null ? "" : suffix) + ":abc" + number + ending;
  }

  private void addModel(Job job, String name) {
    List<ByteString> sources = new ArrayList<>();
    for (String id : new String[] {job.spec().trainingFile(), job.spec().validationFile()}) {
      StoredFile file = id == null ? null : store.file(id);
      if (file != null) {
        sources.add(file.content());
      }
    }
    store.addModel(new TunedModel(name, store.now(), new Memory(sources)));
  }

  private int examples(Job job) {
    StoredFile file = store.file(job.spec().trainingFile());
    return file == null ? TrainingFileCheck.OPENAI_LEAST : TrainingFileCheck.count(file.content());
  }

  void say(Job job, String level, String message) {
    job.events().add(event(level, message, null));
  }

  private Job.Event event(String level, String message, @Nullable Metrics metrics) {
    return new Job.Event(store.newId("ftevent-"), store.now(), level, message, metrics);
  }
}
