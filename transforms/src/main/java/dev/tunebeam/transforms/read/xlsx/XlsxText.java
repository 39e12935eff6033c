package dev.tunebeam.transforms.read.xlsx;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.jspecify.annotations.Nullable;

/**
 * Converts cells of a workbook to text. A number has the 15 significant digits that spreadsheet
 * programs keep, without trailing zeros and without an exponent; currency, percent sign and number
 * of decimals are not shown. Dates and times are ISO 8601, durations {@code [h]:mm} are hours,
 * minutes and seconds. Booleans are TRUE and FALSE. A formula is its last result; an error is its
 * name, {@code #N/A}.
 */
final class XlsxText {

  private static final MathContext DIGITS = new MathContext(15);

  /** Excel's numbers end at 1E308; plain notation of larger ones would exhaust the memory. */
  private static final int LARGEST_EXPONENT = 400;

  /** Literal parts of a format: texts in quotes, escaped characters, colours. */
  private static final Pattern LITERAL =
      Pattern.compile("\"[^\"]*\"|\\\\.|_.|\\*.|\\[(?![hms]+\\])[^\\]]*\\]");

  private static final Pattern ELAPSED = Pattern.compile("\\[[hms]+\\]");

  /** The escape of a character that XML cannot hold, such as a carriage return. */
  private static final Pattern ESCAPED = Pattern.compile("_x([0-9A-Fa-f]{4})_");

  private XlsxText() {}

  /**
   * Whether a cell is a formula whose result is unknown.
   *
   * @param calculated whether an empty result means an empty text
   */
  static boolean isOpen(@Nullable Cell cell, boolean calculated) {
    return cell != null
        && cell.getType() == CellType.FORMULA
        && cell.getValue() == null
        && (cell.getRawValue() == null || !calculated);
  }

  /** The text of a cell; empty for none. */
  static String of(@Nullable Cell cell) {
    if (cell == null || cell.getType() == CellType.EMPTY || cell.getValue() == null) {
      return "";
    }
    Object value = cell.getValue();
    if (value instanceof Boolean truth) {
      return truth ? "TRUE" : "FALSE";
    }
    if (value instanceof BigDecimal number) {
      return number(cell, number);
    }
    return unescaped(value.toString());
  }

  private static String number(Cell cell, BigDecimal number) {
    String format = cell.getDataFormatString();
    String pattern =
        format == null
            ? byNumber(cell.getDataFormatId())
            : LITERAL.matcher(firstSection(format)).replaceAll("").toLowerCase(Locale.ROOT);
    boolean possible = number.signum() >= 0 && number.compareTo(BigDecimal.valueOf(3e6)) < 0;
    boolean time = pattern.matches("(?s).*[hs].*");
    boolean day = pattern.matches("(?s).*[yd].*") || (pattern.contains("m") && !time);
    if (!possible || !(time || day)) {
      return plain(number);
    }
    if (ELAPSED.matcher(pattern).find()) {
      return elapsed(number);
    }
    LocalDateTime date = cell.asDate().plusNanos(500_000_000).withNano(0);
    if (!time) {
      return cell.asDate().toLocalDate().toString();
    }
    return day
        ? DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(date)
        : DateTimeFormatter.ISO_LOCAL_TIME.format(date);
  }

  /** The built-in East Asian date and time formats, which are not in the file. */
  private static String byNumber(@Nullable Integer id) {
    boolean date = id != null && ((id >= 27 && id <= 31) || id == 36 || (id >= 50 && id <= 58));
    boolean time = id != null && id >= 32 && id <= 35;
    return date ? "y" : time ? "h" : "";
  }

  /** The section for positive numbers; others may be for negative ones, zero and text. */
  private static String firstSection(String format) {
    int end = format.indexOf(';');
    return end < 0 ? format : format.substring(0, end);
  }

  private static String plain(BigDecimal number) {
    BigDecimal rounded = number.round(DIGITS).stripTrailingZeros();
    return Math.abs((long) rounded.scale()) > LARGEST_EXPONENT
        ? rounded.toString()
        : rounded.toPlainString();
  }

  private static String elapsed(BigDecimal days) {
    Duration duration = Duration.ofSeconds(Math.round(days.doubleValue() * 86_400));
    return String.format(
        Locale.ROOT,
        "%02d:%02d:%02d",
        duration.toHours(),
        duration.toMinutesPart(),
        duration.toSecondsPart());
  }

  private static String unescaped(String text) {
    if (!text.contains("_x")) {
      return text;
    }
    Matcher escaped = ESCAPED.matcher(text);
    return escaped
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    String.valueOf((char) Integer.parseInt(found.group(1), 16))))
        .replace("\r\n", "\n");
  }
}
