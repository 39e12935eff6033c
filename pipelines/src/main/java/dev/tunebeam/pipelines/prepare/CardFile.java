package dev.tunebeam.pipelines.prepare;

import dev.tunebeam.dataset.DataFolder;
import dev.tunebeam.dataset.Manifest;
import dev.tunebeam.transforms.files.BeamFiles;
import dev.tunebeam.transforms.files.FolderFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The dataset card in an output folder: a file in a folder named by its content, as all data, and a
 * link of the name README.md. What it was not is somebody's own, and stays.
 *
 * @param files those of the output folder
 */
record CardFile(FolderFiles files) {

  /**
   * Writes the card that a manifest names; nothing if it names none.
   *
   * @param work the path of the job's work folder
   * @param workName its name in the output folder
   */
  void write(Manifest manifest, String work, String workName) throws IOException {
    String card = manifest.files().card();
    if (card == null || (!files.movesOver() && files.read(card) != null)) {
      return;
    }
    BeamFiles.write(
        BeamFiles.in(work, Manifest.CARD_NAME),
        DatasetCard.of(manifest).getBytes(StandardCharsets.UTF_8));
    files.move(List.of(workName + "/" + Manifest.CARD_NAME), List.of(card));
    files.sync(List.of(card));
  }

  /**
   * Whether there is a README.md that is not the unchanged card of this dataset or the one before.
   *
   * @param before the folders of the dataset before
   */
  boolean isAnother(Manifest manifest, Set<String> before) throws IOException {
    byte[] readme = files.read(Manifest.CARD_NAME);
    Set<String> ours = new HashSet<>(before);
    ours.addAll(folder(manifest));
    return readme != null && !DatasetCard.isIn(ours, readme);
  }

  /** The folder of the card that a manifest names; empty if it names none. */
  static Set<String> folder(Manifest manifest) {
    String card = manifest.files().card();
    return card == null
        ? Set.of()
        : DataFolder.in(card).map(Set::of).orElseThrow(() -> new IllegalStateException(card));
  }
}
