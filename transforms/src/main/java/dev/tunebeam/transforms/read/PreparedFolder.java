package dev.tunebeam.transforms.read;

import dev.tunebeam.dataset.BrokenManifestException;
import dev.tunebeam.dataset.Manifest;
import dev.tunebeam.dataset.ManifestFile;
import dev.tunebeam.transforms.files.BeamFiles;
import dev.tunebeam.transforms.read.input.UnusableInputException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.beam.sdk.io.fs.MatchResult.Metadata;

/**
 * What a folder stands for that prepare has written: its training and validation examples, without
 * rejected rows, reports and what the launcher keeps there. A manifest.json that is none of a
 * dataset says nothing.
 */
final class PreparedFolder {

  /** A manifest has a few hundred bytes for each of its shards. */
  private static final long LARGEST_MANIFEST = 64L << 20;

  private PreparedFolder() {}

  /**
   * The files that folders stand for.
   *
   * @param found all files in them
   * @param isMeant whether a name is read in other folders
   * @throws UnusableInputException if a dataset lacks a shard
   */
  static List<Metadata> meant(List<Metadata> found, Predicate<String> isMeant) throws IOException {
    Map<String, List<Metadata>> byFolder =
        found.stream()
            .filter(file -> !file.resourceId().isDirectory())
            .collect(Collectors.groupingBy(file -> folder(file.resourceId().toString())));
    List<Metadata> meant = new ArrayList<>();
    for (Map.Entry<String, List<Metadata>> folder : byFolder.entrySet()) {
      List<Manifest.Shard> shards = shards(folder.getValue());
      if (shards.isEmpty()) {
        folder.getValue().stream()
            .filter(file -> isMeant.test(name(file.resourceId().toString())))
            .forEach(meant::add);
        continue;
      }
      Map<String, Metadata> byName =
          folder.getValue().stream()
              .collect(
                  Collectors.toMap(
                      file -> name(file.resourceId().toString()), Function.identity()));
      for (Manifest.Shard shard : shards) {
        Metadata link = byName.get(name(shard.file()));
        // A link of the dataset before, if a job was killed, has another size.
        meant.add(
            link != null && link.sizeBytes() == shard.bytes()
                ? link
                : stored(folder.getKey() + shard.file()));
      }
    }
    return meant;
  }

  /** Those with examples; empty if the folder has no dataset. */
  private static List<Manifest.Shard> shards(List<Metadata> files) throws IOException {
    for (Metadata file : files) {
      String path = file.resourceId().toString();
      if (name(path).equals(Manifest.FILE_NAME)
          && file.sizeBytes() <= LARGEST_MANIFEST
          && !BeamFiles.isPipe(file)) {
        try {
          return ManifestFile.parse(BeamFiles.read(path), path).shards().stream()
              .filter(shard -> shard.examples() > 0)
              .toList();
        } catch (BrokenManifestException e) {
          return List.of(); // of something else
        }
      }
    }
    return List.of();
  }

  private static Metadata stored(String path) throws IOException {
    List<Metadata> found = BeamFiles.match(path);
    if (found.isEmpty()) {
      throw new UnusableInputException(
          "%s is listed in the manifest of its dataset but missing; prepare the dataset again with --overwrite"
              .formatted(path));
    }
    return found.get(0);
  }

  private static String folder(String path) {
    return path.substring(0, path.lastIndexOf('/') + 1);
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
