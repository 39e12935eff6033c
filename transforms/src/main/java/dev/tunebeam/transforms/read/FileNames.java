package dev.tunebeam.transforms.read;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What the name of a file says about what is in it, in any case of letters. */
final class FileNames {

  private static final Map<String, InputFormat> FORMATS =
      Map.of(
          ".csv", InputFormat.CSV,
          ".tsv", InputFormat.TSV,
          ".json", InputFormat.JSON,
          ".jsonl", InputFormat.JSONL,
          ".ndjson", InputFormat.JSONL);

  private static final Map<String, Compression> COMPRESSIONS =
      Map.of(
          ".gz", Compression.GZIP,
          ".bz2", Compression.BZIP2,
          ".zst", Compression.ZSTD,
          ".zstd", Compression.ZSTD);

  private FileNames() {}

  /** By the last extension, such as {@code .gz}. */
  static Compression compression(String name) {
    return COMPRESSIONS.getOrDefault(extension(name), Compression.NONE);
  }

  /** By the extension before that of a compression; AUTO if it says nothing. */
  static InputFormat format(String name) {
    String last = extension(name);
    boolean compressed = COMPRESSIONS.containsKey(last);
    String plain = compressed ? name.substring(0, name.length() - last.length()) : name;
    return FORMATS.getOrDefault(extension(plain), InputFormat.AUTO);
  }

  private static String extension(String name) {
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "" : name.substring(dot).toLowerCase(Locale.ROOT);
  }

  static boolean isKnown(String name) {
    return format(name) != InputFormat.AUTO;
  }

  /** For messages. */
  static String knownExtensions() {
    return FORMATS.keySet().stream().sorted().collect(Collectors.joining(", "))
        + " (also with .gz, .bz2, .zst)";
  }
}
