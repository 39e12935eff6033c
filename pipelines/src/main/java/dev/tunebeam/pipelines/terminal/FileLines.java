package dev.tunebeam.pipelines.terminal;

import dev.tunebeam.dataset.FilePath;
import dev.tunebeam.dataset.Manifest;
import dev.tunebeam.dataset.Manifest.Shard;
import dev.tunebeam.dataset.terminal.Columns;
import dev.tunebeam.dataset.terminal.Figures;
import java.util.List;

/** The files of a dataset with their sizes, as a table. */
final class FileLines {

  private final Columns table = new Columns("lrr");
  private final String output;
  private final boolean named;

  private FileLines(String output, boolean named) {
    this.output = output;
    this.named = named;
  }

  /**
   * The table.
   *
   * @param output the folder, as the user named it
   * @param named whether the files have their names in it, or only their paths in the manifest
   */
  static List<String> of(Manifest manifest, String output, boolean named) {
    return new FileLines(output, named).lines(manifest);
  }

  private List<String> lines(Manifest manifest) {
    for (String split : List.of(Manifest.TRAIN, Manifest.VALIDATION)) {
      List<Shard> shards =
          manifest.shards().stream().filter(shard -> shard.split().equals(split)).toList();
      long bytes = shards.stream().mapToLong(Shard::bytes).sum();
      add(shards.stream().map(Shard::file).toList(), Figures.bytes(bytes));
    }
    add(manifest.files().rejected(), "");
    add(manifest.files().conflicts(), "");
    add(manifest.files().removed(), "");
    add(manifest.files().similar(), "");
    table.row(path(Manifest.FILE_NAME));
    return table.lines(Report.INDENT);
  }

  /** Lists only the first of several files: there may be thousands. */
  private void add(List<String> files, String size) {
    if (!files.isEmpty()) {
      String first = files.get(0);
      table.row(
          path(named ? FilePath.name(first) : first),
          Figures.counted(files.size(), "file", "files"),
          size);
    }
  }

  private String path(String file) {
    return output.endsWith("/") ? output + file : output + "/" + file;
  }
}
