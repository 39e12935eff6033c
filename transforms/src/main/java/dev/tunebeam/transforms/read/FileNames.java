package dev.tunebeam.transforms.read;

import dev.tunebeam.transforms.read.input.Compression;
import dev.tunebeam.transforms.read.input.InputFormat;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** File name extensions and what they mean; case is ignored. */
final class FileNames {

  private static final Map<String, InputFormat> FORMATS =
      Map.ofEntries(
          Map.entry(".csv", InputFormat.CSV),
          Map.entry(".tsv", InputFormat.TSV),
          Map.entry(".json", InputFormat.JSON),
          Map.entry(".jsonl", InputFormat.JSONL),
          Map.entry(".ndjson", InputFormat.JSONL),
          Map.entry(".txt", InputFormat.TXT),
          Map.entry(".xlsx", InputFormat.XLSX),
          Map.entry(".xlsm", InputFormat.XLSX),
          Map.entry(".parquet", InputFormat.PARQUET),
          Map.entry(".mbox", InputFormat.MBOX),
          Map.entry(".eml", InputFormat.EML));

  private static final Map<String, Compression> COMPRESSIONS =
      Map.of(
          ".gz", Compression.GZIP,
          ".bz2", Compression.BZIP2,
          ".zst", Compression.ZSTD,
          ".zstd", Compression.ZSTD);

  /** The field with the name of a row's file, without its extensions. */
  static final String FILE = "_file";

  /** The field with the name of the folder that a row's file is in. */
  static final String FOLDER = "_folder";

  private FileNames() {}

  /** The name without folders and known extensions: {@code spam} for {@code in/spam.csv.gz}. */
  static String plain(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    if (COMPRESSIONS.containsKey(extension(name))) {
      name = name.substring(0, name.lastIndexOf('.'));
    }
    return FORMATS.containsKey(extension(name)) ? name.substring(0, name.lastIndexOf('.')) : name;
  }

  /** The name of the folder that the file is in; empty if the path names none. */
  static String folder(String path) {
    String folder = path.substring(0, Math.max(0, path.lastIndexOf('/')));
    return folder.substring(folder.lastIndexOf('/') + 1);
  }

  /** By the last extension, such as {@code .gz}. */
  static Compression compression(String name) {
    return COMPRESSIONS.getOrDefault(extension(name), Compression.NONE);
  }

  /** By the extension before that of a compression; AUTO if unknown. */
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

  /**
   * Whether a file is included if its folder is named: not a text file, which may be a readme, nor
   * the lock file of an open workbook.
   */
  static boolean isMeantByFolder(String name) {
    InputFormat format = format(name);
    return format != InputFormat.AUTO && format != InputFormat.TXT && !name.startsWith("~$");
  }

  /** The known extensions, for messages. */
  static String knownExtensions() {
    return FORMATS.keySet().stream()
            .filter(FileNames::isMeantByFolder)
            .sorted()
            .collect(Collectors.joining(", "))
        + " (texts also with .gz, .bz2, .zst)";
  }
}
