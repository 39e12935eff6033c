package dev.tunebeam.dataset.settings;

import dev.tunebeam.dataset.yaml.DashedNames;

/** All commands with their one-line help. */
public enum CommandName {
  INSPECT("Reports what raw files are, what is wrong with them and what to do about it."),
  PREPARE("Turns raw files into a deduplicated, counted, priced and split dataset."),
  RUN("Runs prepare, then launch: one command and one exit code, for schedulers."),
  LAUNCH("Validates and prices a dataset, uploads it, starts one training job and follows it."),
  FOLLOW("Streams a job's events until it ends."),
  JOBS("Lists the training jobs of a provider account, newest first."),
  SHOW("Shows all details of a job."),
  CANCEL("Cancels a job."),
  PAUSE("Pauses a job."),
  RESUME("Resumes a paused job."),
  CHECKPOINTS("Lists the checkpoints of a job, each a usable model, with their losses."),
  RESULTS("Shows the training metrics of a job as a table, and writes CSV, SVG and PNG files."),
  DEPLOY("Deploys a fine-tuned model where it must be deployed before use, and says the price."),
  UNDEPLOY("Deletes a deployment, or lists the deployments."),
  ASK("Sends a prompt to a fine-tuned model in the format of its training data."),
  EVALUATE("Runs the validation split through a model and scores the answers."),
  PROMOTE("Gives a model a name in the registry, such as production."),
  ROLLBACK("Gives a name in the registry back to the model that had it before."),
  REGISTRY("Prints the model that has a name in the registry, or all names."),
  MODELS("Lists the model catalogue: prices per 1M tokens, context limits, last training days."),
  DELETE("Deletes a fine-tuned model."),
  COMPLETION("Prints a script with which bash or zsh completes commands and flags.");

  private final String text;

  CommandName(String text) {
    this.text = text;
  }

  /** A one-line description. */
  public String text() {
    return text;
  }

  /** Whether it is a Beam job; the others belong to the launcher. */
  public boolean isJob() {
    return this == INSPECT || this == PREPARE;
  }

  /** The name on the command line. */
  @Override
  public String toString() {
    return DashedNames.of(this);
  }
}
