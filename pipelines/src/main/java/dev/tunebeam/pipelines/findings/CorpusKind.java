package dev.tunebeam.pipelines.findings;

/** What a corpus teaches. */
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

  /** As people say it. */
  @Override
  public String toString() {
    return title;
  }
}
