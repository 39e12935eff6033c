package dev.tunebeam.pipelines.recipe;

/** The part of the job that a setting belongs to; help and reference are ordered by it. */
enum Group {
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
  /** How the dataset is trained on; {@code prepare} has no flags for it. */
  LAUNCH("Launch"),
  /** How the job behaves; no part of the recipe. */
  RUN("Run");

  private final String title;

  Group(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }
}
