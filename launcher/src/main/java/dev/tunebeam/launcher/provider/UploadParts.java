package dev.tunebeam.launcher.provider;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a file into parts of at most 64 MB: as many whole shards as fit; a larger shard is split.
 * Deterministic, so that an upload can be resumed.
 */
public final class UploadParts {

  /** OpenAI's maximum part size. */
  public static final long LARGEST = 64_000_000;

  private UploadParts() {}

  /** The range of a part in the file. */
  public record Part(int number, long offset, long length) {}

  public static List<Part> of(DatasetFile file, long largest) {
    List<Part> parts = new ArrayList<>();
    long start = 0;
    long end = 0;
    for (DatasetFile.Shard shard : file.shards()) {
      if (end > start && end - start + shard.bytes() > largest) {
        start = add(parts, start, end);
      }
      end += shard.bytes();
      while (end - start > largest) {
        start = add(parts, start, start + largest);
      }
    }
    if (end > start) {
      add(parts, start, end);
    }
    return parts;
  }

  private static long add(List<Part> parts, long start, long end) {
    parts.add(new Part(parts.size(), start, end - start));
    return end;
  }
}
