package dev.tunebeam.dataset.monitoring;

import dev.tunebeam.dataset.FilePath;
import dev.tunebeam.dataset.Format;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A dataset in an event, named as <a href="https://openlineage.io/docs/spec/naming/">OpenLineage
 * names</a> files: {@code file} and the path, {@code s3://bucket} and the key.
 *
 * @param facets what is said about it
 * @param roleFacets what is said about it as an input or an output
 */
record LineageDataset(
    String namespace, String name, Map<String, Object> facets, Map<String, Object> roleFacets) {

  private static final Pattern BUCKET =
      Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+)://([^/]*)/*(.*)", Pattern.DOTALL);

  private static final Pattern GLOB = Pattern.compile("/[^/]*[*?\\[{].*", Pattern.DOTALL);

  /** Copies. */
  LineageDataset {
    facets = Map.copyOf(facets);
    roleFacets = Map.copyOf(roleFacets);
  }

  /** The files of a path; of a pattern the folder above its first wildcard. */
  static LineageDataset at(
      String path, Map<String, Object> facets, Map<String, Object> roleFacets) {
    String plain = FilePath.withoutFileScheme(path).replaceFirst("(?<=[^/])/+$", "");
    Matcher bucket = BUCKET.matcher(folder(plain));
    if (FilePath.isRemote(plain) && bucket.matches()) {
      String scheme = bucket.group(1).matches("s3[an]") ? "s3" : bucket.group(1);
      String key = scheme.matches("s3|gs") ? bucket.group(3) : "/" + bucket.group(3);
      return new LineageDataset(
          "%s://%s".formatted(scheme, bucket.group(2)),
          key.isEmpty() ? "/" : key,
          facets,
          roleFacets);
    }
    Path folder = Path.of(folder(Path.of(plain).toAbsolutePath().toString()));
    return new LineageDataset(
        "file", folder.normalize().toString().replace('\\', '/'), facets, roleFacets);
  }

  private static String folder(String path) {
    String folder = GLOB.matcher(path).replaceFirst("");
    return folder.isEmpty() ? "/" : folder;
  }

  /** The keys of a line; types as Spark writes them. */
  static List<Map<String, Object>> fields(Format format) {
    String turns = "array<struct<role:string,content:string>>";
    return switch (format) {
      case COMPLETION -> List.of(field("prompt", "string"), field("completion", "string"));
      case CHAT -> List.of(field("messages", turns));
      case PREFERENCE ->
          List.of(
              field("input", "struct<messages:%s>".formatted(turns)),
              field("preferred_output", turns),
              field("non_preferred_output", turns));
      case ALPACA ->
          List.of(
              field("instruction", "string"), field("input", "string"), field("output", "string"));
      case SHAREGPT -> List.of(field("conversations", "array<struct<from:string,value:string>>"));
    };
  }

  private static Map<String, Object> field(String name, String type) {
    return Map.of("name", name, "type", type);
  }
}
