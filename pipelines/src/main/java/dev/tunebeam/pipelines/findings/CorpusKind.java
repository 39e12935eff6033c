package dev.tunebeam.pipelines.findings;

/** The type of a dataset: what a model trained on it learns. */
enum CorpusKind {
  CLASSIFICATION("classification"),
  GENERATION("conditional generation"),
  OPEN_ENDED("open-ended text"),
  CHAT("chat"),
  PREFERENCE("preference"),
  TOOL_USE("tool use");

  private final String title;

  CorpusKind(String title) {
    this.title = title;
  }

  /** The name in reports. */
  @Override
  public String toString() {
    return title;
  }
}
