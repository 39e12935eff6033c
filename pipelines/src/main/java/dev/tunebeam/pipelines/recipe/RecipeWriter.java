package dev.tunebeam.pipelines.recipe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.tunebeam.dataset.terminal.TerminalText;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Writes a recipe file: only keys that differ from the defaults, with paths relative to its folder.
 */
public final class RecipeWriter {

  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*");

  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .disable(YAMLGenerator.Feature.SPLIT_LINES)
          .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
          .build();

  private RecipeWriter() {}

  /**
   * The text of a recipe file.
   *
   * @param values keys and values; paths are relative to the working folder
   * @param file the path of the recipe file
   * @param comments lines to write first
   */
  public static String text(Map<String, Object> values, String file, List<String> comments) {
    Map<String, Object> written = new LinkedHashMap<>(values);
    for (String key :
        List.of("input", "validationInput", "decontaminate", "prices", "tokenizer", "output")) {
      Object value = written.get(key);
      if (value instanceof String path) {
        written.put(key, from(file, path));
      } else if (value instanceof List<?> paths) {
        written.put(key, paths.stream().map(path -> from(file, String.valueOf(path))).toList());
      }
    }
    StringBuilder text = new StringBuilder();
    comments.forEach(comment -> text.append("# ").append(comment).append('\n'));
    return text.append(yaml(written)).append('\n').toString();
  }

  /** Values as YAML, in their order, without a line break at the end. */
  public static String yaml(Map<String, ?> values) {
    try {
      // Invisible characters are in quotes, where YAML knows the same escapes.
      return TerminalText.printable(YAML.writeValueAsString(values));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The keys whose values differ from the defaults. */
  public static Map<String, Object> withoutDefaults(Map<String, Object> values) {
    Map<String, Object> rest = new LinkedHashMap<>(values);
    Map<String, Object> defaults = Recipe.of(Map.of()).values();
    rest.entrySet().removeIf(entry -> entry.getValue().equals(defaults.get(entry.getKey())));
    return rest;
  }

  /** A path of the working folder, relative to the folder of a file. */
  static String from(String file, String path) {
    if (SCHEME.matcher(path).matches() || SCHEME.matcher(file).matches()) {
      return path;
    }
    if (path.startsWith("/")) {
      return path;
    }
    Path folder = Path.of(file).toAbsolutePath().normalize().getParent();
    int glob = firstGlob(path);
    String fixed = path.substring(0, path.lastIndexOf('/', glob) + 1);
    String seen =
        folder == null
            ? fixed
            : folder.relativize(Path.of(fixed).toAbsolutePath().normalize()).toString();
    return (seen.isEmpty() ? "" : seen + "/") + path.substring(fixed.length());
  }

  private static int firstGlob(String path) {
    for (int i = 0; i < path.length(); i++) {
      if ("*?[{".indexOf(path.charAt(i)) >= 0) {
        return i;
      }
    }
    return path.length();
  }
}
