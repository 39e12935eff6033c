package dev.tunebeam.dataset.settings;

/** The part of the job that a setting belongs to; help and reference are ordered by it. */
public enum Group {
  /** What is reported; flags of {@code inspect} alone. */
  INSPECT("Report"),
  /** What is read. */
  INPUT("Input"),
  /** How a row becomes an example. */
  MAPPING("Rows to examples"),
  /** What is written. */
  DATASET("Dataset"),
  /** What is counted. */
  TOKENS("Tokens and price"),
  /** What goes where. */
  SPLIT("Split"),
  /** What must hold for a dataset to be published. */
  GATES("Gates"),
  /** How the dataset is trained on; flags of {@code launch} and {@code run}. */
  LAUNCH("Launch"),
  /** How the job behaves; no part of the recipe. */
  RUN("Run");

  private final String title;

  Group(String title) {
    this.title = title;
  }

  /** Its heading. */
  public String title() {
    return title;
  }
}
