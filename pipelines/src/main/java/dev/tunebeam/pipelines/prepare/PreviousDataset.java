package dev.tunebeam.pipelines.prepare;

import dev.tunebeam.dataset.BrokenManifestException;
import dev.tunebeam.dataset.Manifest;
import dev.tunebeam.dataset.ManifestFile;
import dev.tunebeam.dataset.Sha256;
import dev.tunebeam.dataset.terminal.Figures;
import dev.tunebeam.pipelines.gates.DatasetFigures;
import dev.tunebeam.pipelines.recipe.Recipe;
import dev.tunebeam.pipelines.recipe.ResolvedRecipe;
import dev.tunebeam.pipelines.recipe.UsageException;
import dev.tunebeam.transforms.files.BeamFiles;
import dev.tunebeam.transforms.sides.Known;
import dev.tunebeam.transforms.sides.PreviousSides;
import dev.tunebeam.transforms.split.Sampling;
import dev.tunebeam.transforms.split.Shortfall;
import dev.tunebeam.transforms.write.JobReport;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The dataset that a job continues: its prompts keep their sides of the split. Read and verified
 * before the job starts; holds no entry of it.
 *
 * @param digest of the dataset
 * @param sides where the sides of its prompts are
 * @param figures its figures, which gates compare with
 * @param changes the settings that differ, for the user
 */
record PreviousDataset(
    String digest, PreviousSides sides, DatasetFigures figures, List<String> changes) {

  private static final int BUFFER = 1 << 16;
  private static final int CLASSES_SHOWN = 5;

  /** Settings that decide about the split, or about what a prompt is. */
  private static final List<String> OF_THE_SPLIT =
      List.of("validation", "dedupBy", "near", "group", "examples", "sample", "limit");

  private static final String INSTEAD = "; or begin a new split with --resplit";

  /** Makes an immutable copy. */
  PreviousDataset {
    changes = List.copyOf(changes);
  }

  /**
   * The dataset that the recipe names; null for none. If that is the output folder, there may be
   * none yet, or none that is needed.
   *
   * @param recipe the recipe as planned
   * @param resplit whether a new split begins
   * @throws UsageException if it cannot be continued, with what to do
   */
  static @Nullable PreviousDataset find(ResolvedRecipe resolved, Recipe recipe, boolean resplit) {
    String folder = resolved.previous();
    if (recipe.since() != null) {
      requireSince(recipe, folder);
    }
    if (folder == null || resplit) {
      return null;
    }
    try {
      String file = BeamFiles.in(folder, Manifest.FILE_NAME);
      String output = resolved.output();
      boolean isOutput =
          output != null && BeamFiles.isSame(file, BeamFiles.in(output, Manifest.FILE_NAME));
      boolean exists = BeamFiles.exists(file);
      if (isOutput && (!exists || recipe.givesValidation())) {
        return null;
      }
      if (!exists) {
        throw refused(
            folder,
            "holds no dataset: there is no " + Manifest.FILE_NAME,
            "name the folder of one");
      }
      return of(folder, ManifestFile.parse(BeamFiles.read(file), file), recipe);
    } catch (BrokenManifestException e) {
      throw new UsageException("--previous: " + e.getMessage());
    } catch (IOException e) {
      throw refused(folder, "cannot be read: " + ErrorMessages.cause(e), "try again");
    }
  }

  /** What is new is told by the sides of the dataset before. */
  private static void requireSince(Recipe recipe, @Nullable String folder) {
    if (folder == null) {
      throw new UsageException(
          "--since: set previous to the folder of the dataset that has what is not new");
    }
    if (recipe.givesValidation()) {
      throw new UsageException(
          "--since: the recipe gives the validation split, so no dataset before is continued; leave"
              + " out since, or validationInput and validationRows");
    }
    if (!recipe.sampling().equals(Sampling.ALL)) {
      throw new UsageException(
          "--since: leave out sample and limit; what they leave out tonight would be new the night"
              + " after");
    }
  }

  private static PreviousDataset of(String folder, Manifest manifest, Recipe recipe)
      throws IOException {
    Manifest.Sides sides = manifest.sides();
    if (sides == null || sides.layout() != Manifest.Sides.LAYOUT) {
      throw refused(
          folder,
          "was prepared by tunebeam %s, which remembers no sides that this version reads"
              .formatted(manifest.version()),
          "prepare it again with this version");
    }
    if (recipe.givesValidation()) {
      throw new UsageException(
          "--previous: the recipe gives the validation split, so no side is carried over; leave out"
              + " previous, or validationInput and validationRows");
    }
    Object seed = manifest.recipe().get("seed");
    if (!String.valueOf(recipe.seed()).equals(String.valueOf(seed))) {
      throw refused(
          folder,
          String.format(
              Locale.ROOT,
              "has the seed %s, and the recipe %d: prompts are known by seeded fingerprints",
              seed,
              recipe.seed()),
          "set seed: " + seed);
    }
    List<PreviousSides.Part> parts = new ArrayList<>();
    for (Manifest.SidesFile file : sides.files()) {
      parts.add(verified(folder, file));
    }
    return new PreviousDataset(
        manifest.digest(),
        new PreviousSides(parts),
        DatasetFigures.of(manifest),
        changes(manifest.recipe(), recipe.effective()));
  }

  /** The file, if it is the one that the manifest names; reads it once. */
  private static PreviousSides.Part verified(String folder, Manifest.SidesFile file) {
    String path = folder + (folder.endsWith("/") ? "" : "/") + file.file();
    try (InputStream in = Channels.newInputStream(BeamFiles.open(path))) {
      MessageDigest sha256 = Sha256.create();
      byte[] buffer = new byte[BUFFER];
      long bytes = 0;
      long first = 0;
      for (int n = in.readNBytes(buffer, 0, BUFFER); n > 0; n = in.readNBytes(buffer, 0, BUFFER)) {
        if (bytes == 0 && n >= Long.BYTES) {
          first = ByteBuffer.wrap(buffer).getLong();
        }
        sha256.update(buffer, 0, n);
        bytes += n;
      }
      boolean isWhole = bytes == file.entries() * Known.BYTES;
      if (!isWhole || !Sha256.hex(sha256).equals(file.sha256())) {
        throw refused(
            path,
            isWhole
                ? "is not the file that the manifest names: it was changed"
                : String.format(
                    Locale.ROOT,
                    "has %d bytes, and %d in the manifest: it was cut or changed",
                    bytes,
                    file.entries() * Known.BYTES),
            "restore it");
      }
      return new PreviousSides.Part(path, file.entries(), first);
    } catch (IOException e) {
      throw refused(
          path,
          "is missing or cannot be read: " + ErrorMessages.cause(e),
          "copy the whole folder with its hidden folders, such as with cp -a");
    }
  }

  private static UsageException refused(String what, String why, String instead) {
    return new UsageException("--previous: %s %s; %s%s".formatted(what, why, instead, INSTEAD));
  }

  private static List<String> changes(Map<String, Object> before, Map<String, Object> now) {
    List<String> changes = new ArrayList<>();
    for (String key : OF_THE_SPLIT) {
      Object old = before.get(key);
      Object set = now.get(key);
      if (!Objects.equals(String.valueOf(old), String.valueOf(set))) {
        changes.add(
            "%s was %s in the dataset before and is %s: prompts that it had keep their sides; --resplit begins a new split"
                .formatted(key, old == null ? "not set" : old, set == null ? "not set" : set));
      }
    }
    return changes;
  }

  /** What a reader has to know about the sides, in a result of the job. */
  List<String> warnings(JobReport report) {
    List<String> warnings = new ArrayList<>(changes);
    var night = report.night();
    if (night.gone() > 0 && night.unchanged() + night.changed() == 0) {
      warnings.add(
          "none of the %s of the dataset before is there, so no side was kept; did the mapping of the"
                  .formatted(Figures.counted(night.gone(), "prompt", "prompts"))
              + " fields change?");
    }
    List<Shortfall> shortfalls = report.shortfalls();
    for (Shortfall shortfall : shortfalls.subList(0, Math.min(CLASSES_SHOWN, shortfalls.size()))) {
      warnings.add(
          "%s has %s, and its share is %s: prompts keep their sides, and there are too few new ones"
              .formatted(
                  shortfall.className().isEmpty()
                      ? "the dataset"
                      : "class " + shortfall.className(),
                  Figures.counted(
                      shortfall.validation(), "validation example", "validation examples"),
                  Figures.count(shortfall.wanted())));
    }
    if (shortfalls.size() > CLASSES_SHOWN) {
      warnings.add(
          "so have %s; the manifest has the numbers of all"
              .formatted(
                  Figures.counted(
                      shortfalls.size() - CLASSES_SHOWN, "other class", "other classes")));
    }
    return warnings;
  }
}
