package dev.tunebeam.transforms.read;

/** How an input file holds its rows; {@link #AUTO} goes by the file's name, then by its content. */
public enum InputFormat {
  AUTO,
  CSV,
  TSV,
  JSON,
  JSONL
}
