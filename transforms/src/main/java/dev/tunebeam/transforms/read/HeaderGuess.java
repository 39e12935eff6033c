package dev.tunebeam.transforms.read;

import dev.tunebeam.dataset.Whitespace;
import dev.tunebeam.transforms.read.input.InputFile;
import dev.tunebeam.transforms.read.xlsx.Workbook;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Guesses where the column names of a table are. Below a title: rows of a single cell, then a full
 * row of different short names, then at least two rows. Or nowhere: a value of the first row is
 * also in another one, in the same column, and another one is a text of several words. A pure
 * function of the first rows.
 */
final class HeaderGuess {

  private static final int LINES = 30;

  private static final int FEWEST_ROWS = 2;

  private static final int LONGEST_NAME = 60;

  /** A cell of as many words is a text and no name. */
  private static final int WORDS = 6;

  private static final Pattern NUMBER = Pattern.compile("[-+\\d.,%\\s]+");

  private HeaderGuess() {}

  /**
   * The number of the line of a CSV file, from 1; 0 if there is no title, {@link
   * InputFile#NO_HEADER} if the first row is data. Quotes that span lines are not looked at.
   */
  static int ofLines(String text) {
    List<String> lines = text.lines().limit(LINES).toList();
    SortedMap<Integer, List<String>> best = new TreeMap<>();
    long most = 0;
    for (char delimiter : ",;\t|".toCharArray()) {
      SortedMap<Integer, List<String>> rows = new TreeMap<>();
      for (int i = 0; i < lines.size(); i++) {
        rows.put(i + 1, cells(lines.get(i), delimiter));
      }
      for (List<String> row : rows.values()) {
        int width = row.size();
        long cells = width * rows.values().stream().filter(r -> r.size() == width).count();
        if (width > 1 && cells > most) {
          most = cells;
          best = rows;
        }
      }
    }
    int header = of(best);
    return header > 0
        ? haveOneWidth(best.tailMap(header).values()) ? header : 0
        : isData(best.values()) ? InputFile.NO_HEADER : 0;
  }

  /** Whether the first row is one of data: a value of it repeats, and another is no name. */
  private static boolean isData(Collection<List<String>> rows) {
    List<List<String>> filled = rows.stream().filter(row -> !isBlank(row)).toList();
    if (filled.size() <= FEWEST_ROWS) {
      return false;
    }
    List<String> first = filled.get(0).stream().map(HeaderGuess::unquoted).toList();
    boolean repeats = false;
    boolean isText = false;
    for (int column = 0; column < first.size(); column++) {
      String value = first.get(column);
      int at = column;
      isText |= value.length() > LONGEST_NAME || value.split("\\s+", -1).length >= WORDS;
      repeats |=
          !value.isEmpty()
              && filled.stream()
                  .skip(1)
                  .anyMatch(row -> row.size() > at && unquoted(row.get(at)).equals(value));
    }
    // A second header, as in concatenated files, repeats everything.
    return repeats
        && isText
        && filled.subList(1, filled.size()).stream().noneMatch(filled.get(0)::equals);
  }

  private static String unquoted(String cell) {
    String text = Whitespace.strip(cell);
    return text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")
        ? text.substring(1, text.length() - 1)
        : text;
  }

  /** The text from the header on. */
  static String from(int header, String text) {
    return header <= 0
        ? Whitespace.stripLeading(text)
        : text.lines().skip(header - 1L).collect(Collectors.joining("\n"));
  }

  /** The number of the row of a sheet, from 1; 0 if there is no title. */
  static int ofSheet(Workbook workbook, String sheet) {
    return of(workbook.firstRows(sheet, LINES));
  }

  /**
   * @param rows cells by the number of their row, without blank ones at the end
   */
  private static int of(SortedMap<Integer, List<String>> rows) {
    boolean title = false;
    for (Map.Entry<Integer, List<String>> row : rows.entrySet()) {
      List<String> filled = row.getValue().stream().filter(c -> !Whitespace.isBlank(c)).toList();
      if (filled.size() > 1) {
        int width = filled.size();
        long full =
            rows.tailMap(row.getKey() + 1).values().stream()
                .filter(cells -> cells.size() >= width && !isBlank(cells))
                .count();
        return title && full >= FEWEST_ROWS && areNames(row.getValue(), width) ? row.getKey() : 0;
      }
      // A single word may be the name of the only column.
      title |= filled.size() == 1 && Whitespace.strip(filled.get(0)).contains(" ");
    }
    return 0;
  }

  private static boolean areNames(List<String> cells, int width) {
    List<String> names =
        cells.subList(0, width).stream()
            .map(name -> Whitespace.strip(name).toLowerCase(Locale.ROOT))
            .toList();
    return new HashSet<>(names).size() == width
        && names.stream()
            .allMatch(
                name ->
                    !name.isEmpty()
                        && name.length() <= LONGEST_NAME
                        && !NUMBER.matcher(name).matches());
  }

  private static boolean haveOneWidth(Collection<List<String>> rows) {
    return rows.stream().filter(row -> !isBlank(row)).map(List::size).distinct().count() == 1;
  }

  private static boolean isBlank(List<String> cells) {
    return cells.stream().allMatch(Whitespace::isBlank);
  }

  private static List<String> cells(String line, char delimiter) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char character = line.charAt(i);
      quoted ^= character == '"';
      if (character == delimiter && !quoted) {
        cells.add(cell.toString());
        cell.setLength(0);
      } else {
        cell.append(character);
      }
    }
    cells.add(cell.toString());
    return cells;
  }
}
