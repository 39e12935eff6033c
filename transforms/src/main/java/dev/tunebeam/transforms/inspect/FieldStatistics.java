package dev.tunebeam.transforms.inspect;

import dev.tunebeam.dataset.Whitespace;
import dev.tunebeam.transforms.inspect.secrets.Secrets;
import dev.tunebeam.transforms.json.JsonText;
import dev.tunebeam.transforms.row.Row;
import dev.tunebeam.transforms.row.Source;
import java.io.Serializable;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Statistics of the fields of the rows: types, number of non-empty values, and the first values,
 * with secrets masked. Merging is associative and commutative. With more than {@link #MOST_FIELDS}
 * fields, the first by name are kept, with exact counts.
 */
public final class FieldStatistics implements Serializable {

  /** Enough for any table; rows with data as keys have an unlimited number. */
  static final int MOST_FIELDS = 256;

  private static final long serialVersionUID = 1L;
  private static final int EXAMPLES = 3;
  private static final int EXAMPLE_CHARS = 60;

  /** Characters of a value that are searched for secrets. */
  private static final int MASKED_CHARS = 2_000;

  /**
   * Characters at the end of these that are not shown: a secret cut in half there would not be
   * detected.
   */
  private static final int CUT_SECRET_CHARS = 600;

  private final TreeMap<String, Field> fields = new TreeMap<>();
  private boolean more;

  /** The statistics of one field. */
  public static final class Field implements Serializable {

    private static final long serialVersionUID = 1L;

    private final TreeMap<FieldType, Tally> types = new TreeMap<>();
    private final TreeMap<Source, String> examples = new TreeMap<>();
    private long filled;
    private Source first;
    private int index;

    Field(Source first, int index) {
      this.first = first;
      this.index = index;
    }

    private void add(Source source, int at, @Nullable Object value) {
      types.computeIfAbsent(FieldType.of(value), type -> new Tally()).add(source);
      seen(source, at);
      if (!isEmpty(value)) {
        filled++;
        if (examples.size() < EXAMPLES || source.compareTo(examples.lastKey()) < 0) {
          example(source, shown(value));
        }
      }
    }

    private void merge(Field other) {
      other.types.forEach(
          (type, tally) -> types.computeIfAbsent(type, t -> new Tally()).merge(tally));
      other.examples.forEach(this::example);
      filled += other.filled;
      seen(other.first, other.index);
    }

    private void seen(Source source, int at) {
      if (source.compareTo(first) < 0) {
        first = source;
        index = at;
      }
    }

    private void example(Source source, String text) {
      examples.put(source, text);
      if (examples.size() > EXAMPLES) {
        examples.pollLastEntry();
      }
    }

    /** Counts and first rows by type. */
    public SortedMap<FieldType, Tally> types() {
      return Collections.unmodifiableSortedMap(types);
    }

    /** Number of rows with a non-empty value. */
    public long filled() {
      return filled;
    }

    /** The first values, truncated, secrets masked. */
    public List<String> examples() {
      return List.copyOf(examples.values());
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Field field
          && types.equals(field.types)
          && examples.equals(field.examples)
          && filled == field.filled
          && first.equals(field.first)
          && index == field.index;
    }

    @Override
    public int hashCode() {
      return types.hashCode() * 31 + examples.hashCode();
    }
  }

  void add(Row row) {
    int index = 0;
    for (Map.Entry<String, Object> entry : row.fields().entrySet()) {
      int at = index++;
      field(entry.getKey(), row.source(), at).add(row.source(), at, entry.getValue());
      trim();
    }
  }

  void merge(FieldStatistics other) {
    more |= other.more;
    other.fields.forEach((name, field) -> field(name, field.first, field.index).merge(field));
    trim();
  }

  private Field field(String name, Source first, int index) {
    return fields.computeIfAbsent(name, n -> new Field(first, index));
  }

  /**
   * Exact: a field that is among the first by name overall is so in every part, and never dropped.
   */
  private void trim() {
    while (fields.size() > MOST_FIELDS) {
      fields.pollLastEntry();
      more = true;
    }
  }

  private static boolean isEmpty(@Nullable Object value) {
    return value == null
        || (value instanceof String text && Whitespace.isBlank(text))
        || (value instanceof List<?> list && list.isEmpty())
        || (value instanceof Map<?, ?> map && map.isEmpty());
  }

  private static String shown(@Nullable Object value) {
    String text =
        value instanceof List || value instanceof Map
            ? JsonText.of(value)
            : Whitespace.strip(String.valueOf(value));
    if (text.length() <= MASKED_CHARS) {
      return Excerpt.of(Secrets.mask(text), EXAMPLE_CHARS);
    }
    String masked = Secrets.mask(text.substring(0, Excerpt.boundary(text, MASKED_CHARS)));
    int shown = Math.min(EXAMPLE_CHARS, Math.max(0, masked.length() - CUT_SECRET_CHARS));
    return masked.substring(0, Excerpt.boundary(masked, shown)) + "…";
  }

  /** The fields by name, in column order. */
  public List<Map.Entry<String, Field>> inOrder() {
    return fields.entrySet().stream()
        .sorted(
            Comparator.comparing((Map.Entry<String, Field> entry) -> entry.getValue().first)
                .thenComparing(entry -> entry.getValue().index)
                .thenComparing(Map.Entry.comparingByKey()))
        .toList();
  }

  /** Whether there are more fields than are kept. */
  public boolean hasMore() {
    return more;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FieldStatistics statistics
        && more == statistics.more
        && fields.equals(statistics.fields);
  }

  @Override
  public int hashCode() {
    return fields.hashCode();
  }
}
