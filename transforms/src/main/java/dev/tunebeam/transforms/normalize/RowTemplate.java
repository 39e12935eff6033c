package dev.tunebeam.transforms.normalize;

import com.samskivert.mustache.BasicCollector;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import com.samskivert.mustache.Template;
import dev.tunebeam.transforms.reject.Reason;
import dev.tunebeam.transforms.reject.RejectException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A Mustache template over the fields of a row.
 *
 * <p>{@code {{name}}} is the field's text, {@code {{order.city}}} a nested one; names match in any
 * case where no field matches exactly. A field that is not there, or is null, a list or an object,
 * rejects the row. {@code {{name?}}} marks it optional: nothing where it is missing or null. A
 * section {@code {{#name}}…{{/name}}} is left out where the field is missing, null, false, empty or
 * an empty list, and repeated for the elements of a list.
 */
final class RowTemplate {

  private final String what;
  private final Template template;

  /**
   * @param what the recipe's key, for messages
   * @throws IllegalArgumentException if the text is no template
   */
  RowTemplate(String what, String text) {
    this.what = what;
    try {
      this.template =
          Mustache.compiler()
              .escapeHTML(false)
              .emptyStringIsFalse(true)
              .withCollector(new FieldCollector())
              .withFormatter(RowTemplate::format)
              .compile(text);
    } catch (MustacheException e) {
      throw new IllegalArgumentException(
          "map.%s is no valid template: %s".formatted(what, e.getMessage()), e);
    }
  }

  /** The text for a row; throws {@link RejectException} where a field is missing or no text. */
  String render(Map<String, Object> fields) {
    try {
      return template.execute(fields);
    } catch (RejectException e) {
      throw new RejectException(e.reason(), what + ": " + e.getMessage());
    } catch (MustacheException.Context e) {
      if (find(fields, e.key).present()) {
        throw new RejectException(
            Reason.NOT_TEXT,
            "%s: the field '%s' is null, not a text; write {{%s?}} if it may be missing"
                .formatted(what, e.key, e.key));
      }
      throw new RejectException(
          Reason.MISSING_FIELD,
          "%s: the row has no field '%s', only %s; correct map.%s, or write {{%s?}} if it may be missing"
              .formatted(what, e.key, fields.keySet(), what, e.key));
    }
  }

  private static CharSequence format(Object value) {
    if (value instanceof List) {
      throw new RejectException(
          Reason.NOT_TEXT, "a list stands where a text is expected; map its elements");
    }
    if (value instanceof Map) {
      throw new RejectException(
          Reason.NOT_TEXT, "an object stands where a text is expected; map its fields");
    }
    return value.toString();
  }

  /** What a look-up gives: a field may be there and be null. */
  private record Found(boolean present, @Nullable Object value) {}

  private static Found find(Map<?, ?> fields, String name) {
    Object value = fields.get(name);
    if (value != null || fields.containsKey(name)) {
      return new Found(true, value);
    }
    for (Map.Entry<?, ?> field : fields.entrySet()) {
      if (field.getKey() instanceof String key && key.equalsIgnoreCase(name)) {
        return new Found(true, field.getValue());
      }
    }
    return new Found(false, null);
  }

  /** Looks fields up in maps alone, never by reflection. */
  private static final class FieldCollector extends BasicCollector {

    private static final Mustache.VariableFetcher FIELD =
        (context, name) -> {
          boolean optional = name.endsWith("?");
          String key = optional ? name.substring(0, name.length() - 1) : name;
          Found found = find((Map<?, ?>) context, key);
          if (optional && found.value() == null) {
            return path(key, (Map<?, ?>) context);
          }
          return found.present() ? found.value() : Template.NO_FETCHER_FOUND;
        };

    /** An optional dotted name, step by step; nothing where a step is missing. */
    private static Object path(String dotted, Map<?, ?> context) {
      Object value = context;
      for (String step : dotted.split("\\.", -1)) {
        value = value instanceof Map<?, ?> map ? find(map, step).value() : null;
        if (value == null) {
          return "";
        }
      }
      return value == null ? "" : value;
    }

    @Override
    public Mustache.@Nullable VariableFetcher createFetcher(Object context, String name) {
      return context instanceof Map ? FIELD : super.createFetcher(context, name);
    }

    @Override
    public @Nullable Iterator<?> toIterator(Object value) {
      return value instanceof List<?> list ? list.iterator() : super.toIterator(value);
    }

    @Override
    public <K, V> Map<K, V> createFetcherCache() {
      return new ConcurrentHashMap<>();
    }
  }
}
