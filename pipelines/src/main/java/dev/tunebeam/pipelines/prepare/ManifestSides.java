package dev.tunebeam.pipelines.prepare;

import dev.tunebeam.dataset.Manifest;
import dev.tunebeam.transforms.sides.SideCounts;
import dev.tunebeam.transforms.write.WrittenFile;
import dev.tunebeam.transforms.write.WrittenFile.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The section of the manifest about the sides of all prompts. A pure function. */
final class ManifestSides {

  private ManifestSides() {}

  /**
   * The section.
   *
   * @param previous the dataset that is continued; null for none
   * @param dryRun whether files were not written
   */
  static Manifest.Sides of(DataFiles files, @Nullable PreviousDataset previous, boolean dryRun) {
    List<Manifest.SidesFile> written = new ArrayList<>();
    List<String> paths = files.paths(Kind.SIDES);
    List<WrittenFile> sides = files.files(Kind.SIDES);
    for (int i = 0; i < paths.size() && !dryRun; i++) {
      WrittenFile file = sides.get(i);
      written.add(new Manifest.SidesFile(paths.get(i), file.records(), file.sha256()));
    }
    return new Manifest.Sides(
        Manifest.Sides.LAYOUT,
        written,
        previous == null ? null : since(previous.digest(), files.report().night()));
  }

  private static Manifest.Since since(String previous, SideCounts night) {
    return new Manifest.Since(
        previous, night.unchanged(), night.changed(), night.added(), night.back(), night.gone());
  }
}
