package dev.tunebeam.launcher.results;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.dataset.terminal.TerminalText;
import dev.tunebeam.launcher.process.LauncherException;
import dev.tunebeam.launcher.results.TrainingMetrics.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads the metrics of a training job: CSV with a header, optionally base64-encoded. Held in
 * memory; such files have one short line per step.
 */
public final class ResultsFile {

  private static final String STEP = "step";
  private static final String BYTE_ORDER_MARK = "\uFEFF";
  private static final int SHOWN = 60;
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
  private static final Pattern NOT_A_NUMBER = Pattern.compile("[+-]?nan");
  private static final Pattern INFINITE = Pattern.compile("[+-]?inf(inity)?");

  private final String name;
  private final Map<Integer, Metric> metrics = new TreeMap<>();
  private final List<String> unknown = new ArrayList<>();
  private final Map<Long, EnumMap<Metric, Double>> steps = new TreeMap<>();
  private int stepColumn = -1;
  private int repeated;

  private ResultsFile(String name) {
    this.name = name;
  }

  /**
   * Parses a file.
   *
   * <p>Blank cells are missing values; {@code nan}, {@code inf} and {@code infinity}
   * (case-insensitive) are kept. If a step has several rows, the last non-blank value of each
   * metric wins. If a metric has several columns, the first non-blank one wins. Rows may be in any
   * order and shorter than the header.
   *
   * @param content the provider's bytes
   * @param name the file's name in messages
   * @throws LauncherException if it is neither CSV with a column {@code step} nor base64 of that,
   *     or a cell is not a number
   */
  public static TrainingMetrics parse(byte[] content, String name) {
    return new ResultsFile(name).read(csv(content, name));
  }

  /**
   * The CSV text of a file, decoded if it is base64.
   *
   * @throws LauncherException if it has no column {@code step}
   */
  public static String csv(byte[] content, String name) {
    String text = text(content);
    if (text.isEmpty()) {
      throw broken(name, "the file is empty", null);
    }
    if (beginsWithStep(text)) {
      return text;
    }
    try {
      String decoded = text(Base64.getDecoder().decode(text.replaceAll("\\s+", "")));
      if (beginsWithStep(decoded)) {
        return decoded;
      }
    } catch (IllegalArgumentException notBase64) {
      // Reported below, with the beginning of the file.
    }
    throw broken(
        name,
        "it is neither CSV with a column 'step' nor base64 of that; it begins with \""
            + TerminalText.cut(
                TerminalText.oneLine(text.substring(0, Math.min(text.length(), 2 * SHOWN))), SHOWN)
            + "\"",
        null);
  }

  private static String text(byte[] content) {
    String text = new String(content, UTF_8);
    return (text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text).stripLeading();
  }

  /** Whether the header has the column {@code step}. */
  private static boolean beginsWithStep(String text) {
    String header = text.lines().findFirst().orElse("");
    for (String column : header.split(",", -1)) {
      if (key(column.replace("\"", "")).equals(STEP)) {
        return true;
      }
    }
    return false;
  }

  private TrainingMetrics read(String csv) {
    CSVFormat format = CSVFormat.RFC4180.builder().setIgnoreEmptyLines(true).get();
    try (CSVParser parser = CSVParser.parse(csv, format)) {
      Iterator<CSVRecord> records = parser.iterator();
      CSVRecord header = records.next();
      readHeader(header);
      while (records.hasNext()) {
        CSVRecord row = records.next();
        readRow(row, header.size(), "line " + parser.getCurrentLineNumber());
      }
    } catch (IOException | UncheckedIOException e) {
      throw broken(name, "it is not valid CSV: " + e.getMessage(), e);
    }
    List<Step> result = new ArrayList<>();
    steps.forEach((step, values) -> result.add(new Step(step, values)));
    return new TrainingMetrics(result, repeated, unknown);
  }

  private void readHeader(CSVRecord header) {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < header.size(); i++) {
      String column = key(header.get(i));
      if (!column.isEmpty() && !seen.add(column)) {
        throw broken(name, "it has the column " + column + " twice", null);
      }
      Optional<Metric> metric = Metric.ofColumn(column);
      if (column.equals(STEP)) {
        stepColumn = i;
      } else if (metric.isPresent()) {
        metrics.put(i, metric.get());
      } else if (!column.isEmpty()) {
        unknown.add(header.get(i).strip());
      }
    }
    if (metrics.isEmpty()) {
      throw broken(name, "it has no known metric column, only " + String.join(", ", unknown), null);
    }
  }

  private void readRow(CSVRecord row, int columns, String line) {
    if (row.size() > columns) {
      throw broken(
          name, line + " has " + row.size() + " cells, but the header has " + columns, null);
    }
    long step = step(cell(row, stepColumn), line);
    EnumMap<Metric, Double> values = new EnumMap<>(Metric.class);
    metrics.forEach(
        (column, metric) -> {
          String cell = cell(row, column);
          if (!cell.isEmpty()) {
            double value = value(cell, line, metric);
            values.putIfAbsent(metric, value);
          }
        });
    EnumMap<Metric, Double> earlier = steps.putIfAbsent(step, values);
    if (earlier != null) {
      repeated++;
      earlier.putAll(values);
    }
  }

  private static String cell(CSVRecord row, int column) {
    return column < row.size() ? row.get(column).strip() : "";
  }

  private long step(String cell, String line) {
    try {
      long step = new BigDecimal(cell).longValueExact();
      if (step >= 0) {
        return step;
      }
    } catch (ArithmeticException | NumberFormatException e) {
      // Reported below.
    }
    throw broken(
        name, line + ": the step \"" + shown(cell) + "\" is not an integer of at least 0", null);
  }

  private double value(String cell, String line, Metric metric) {
    String number = cell.toLowerCase(Locale.ROOT);
    if (NUMBER.matcher(cell).matches()) {
      return Double.parseDouble(cell);
    }
    if (NOT_A_NUMBER.matcher(number).matches()) {
      return Double.NaN;
    }
    if (INFINITE.matcher(number).matches()) {
      return number.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    throw broken(
        name,
        "%s: the %s \"%s\" is not a number".formatted(line, metric.title(), shown(cell)),
        null);
  }

  private static String key(String column) {
    return column.strip().toLowerCase(Locale.ROOT);
  }

  private static String shown(String cell) {
    return TerminalText.cut(TerminalText.oneLine(cell), SHOWN);
  }

  private static LauncherException broken(String name, String why, @Nullable Throwable cause) {
    return new LauncherException(
        ExitCode.FAILED, "%s holds no training metrics: %s".formatted(name, why), cause);
  }
}
