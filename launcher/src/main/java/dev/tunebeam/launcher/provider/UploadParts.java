package dev.tunebeam.launcher.provider;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a file into parts of at most 64 MB: as many whole shards as fit, and a larger shard in
 * pieces. The same file gives the same parts, so that an upload can be gone on with.
 */
public final class UploadParts {

  /** The most bytes of a part, as OpenAI takes them. */
  public static final long LARGEST = 64_000_000;

  private UploadParts() {}

  /** Where a part lies in the file. */
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
