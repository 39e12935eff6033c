package dev.tunebeam.transforms.normalize.template;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import dev.tunebeam.dataset.Whitespace;
import dev.tunebeam.transforms.row.FieldValue;
import dev.tunebeam.transforms.row.Reason;
import dev.tunebeam.transforms.row.RejectException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Looks up names in the fields of a row: only in maps and lists, never by reflection. */
public final class RowFields implements Mustache.Collector {

  /** The row as the outermost context, in which the lookup of an optional name ends. */
  record Root(Map<?, ?> fields) {}

  /**
   * A field that is not a text; a section may still iterate over it.
   *
   * @param name as in the template
   * @param value null, a list or an object
   */
  record NoText(String name, @Nullable Object value) {

    /** The error message where a text is expected, with what to write instead. */
    String complaint() {
      if (value instanceof List) {
        return "the field '%s' is a list, not a text; name an element, {{%s.0}}, or repeat a section for each, {{#%s}}{{.}}{{/%s}}"
            .formatted(name, name, name, name);
      }
      if (value instanceof Map) {
        return "the field '%s' is an object, not a text; name one of its fields, {{%s.…}}"
            .formatted(name, name);
      }
      return "the field '%s' is null, not a text; write {{%s?}} if it may be missing"
          .formatted(name, name);
    }
  }

  /**
   * A value that a filter cannot take, instead of an exception, which the template engine would
   * swallow.
   */
  record Refused(String complaint) {

    /** An element of a list has no field under a dotted name. */
    static Refused noField(String dotted, int index) {
      int dot = dotted.indexOf('.');
      return new Refused(
          String.format(
              Locale.ROOT,
              "the field '%s.%d' has no field '%s'; write {{%s?|…}} if it may be missing",
              dotted.substring(0, dot),
              index,
              dotted.substring(dot + 1),
              dotted));
    }

    RejectException exception() {
      return new RejectException(Reason.NOT_TEXT, complaint);
    }
  }

  private static final Mustache.VariableFetcher FETCHER =
      (context, name) -> {
        Object container = context;
        if (context instanceof Root root) {
          container = root.fields();
        } else if (context instanceof NoText field) {
          container = field.value();
        }
        FieldValue exact = FieldValue.child(container, name);
        if (exact.present()) {
          return wrap(name, exact.value());
        }
        ListFilter.Call filter = ListFilter.Call.in(name);
        String field = filter == null ? name : filter.field();
        boolean optional = field.endsWith("?");
        if (!optional && filter == null) {
          return Template.NO_FETCHER_FOUND;
        }
        String key = optional ? field.substring(0, field.length() - 1) : field;
        FieldValue found =
            filter == null ? FieldValue.at(container, key) : all(container, key, optional);
        if (found.value() != null) {
          return filter == null ? wrap(key, found.value()) : filter.apply(key, found.value());
        }
        if (optional) {
          return found.present() || context instanceof Root ? "" : Template.NO_FETCHER_FOUND;
        }
        return found.present() ? wrap(key, null) : Template.NO_FETCHER_FOUND;
      };

  /** The field of that name, or else the first that matches ignoring case; null for none. */
  public static @Nullable Object get(Map<?, ?> fields, String name) {
    return FieldValue.of(fields, name).value();
  }

  /** The value at a dotted name, null for none. */
  public static @Nullable Object value(Map<?, ?> fields, String dotted) {
    return FieldValue.at(fields, dotted).value();
  }

  /** Whether a field of that name exists, ignoring case; it may be null. */
  public static boolean has(Map<?, ?> fields, String name) {
    return FieldValue.of(fields, name).present();
  }

  /**
   * The value at a dotted name, but a name below a list is looked up in each element and gives a
   * list; {@link Refused} if an element has no such field and it is not optional.
   */
  private static FieldValue all(@Nullable Object container, String dotted, boolean optional) {
    FieldValue found = FieldValue.at(container, dotted);
    int dot = dotted.indexOf('.');
    if (found.value() != null || dot < 0) {
      return found;
    }
    FieldValue first = FieldValue.child(container, dotted.substring(0, dot));
    String rest = dotted.substring(dot + 1);
    if (!(first.value() instanceof List<?> list)) {
      return first.present() ? all(first.value(), rest, optional) : found;
    }
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      FieldValue one = all(list.get(i), rest, optional);
      if (one.value() instanceof Refused) {
        return one;
      }
      if (!one.present() && !optional && list.get(i) != null) {
        return new FieldValue(true, Refused.noField(dotted, i));
      }
      if (one.value() instanceof List<?> several) {
        values.addAll(several);
      } else if (one.value() != null) {
        values.add(one.value());
      }
    }
    return new FieldValue(true, values);
  }

  private static Object wrap(String name, @Nullable Object value) {
    return value == null || value instanceof List || value instanceof Map
        ? new NoText(name, value)
        : value;
  }

  /** The elements that a section iterates over; null for a value that it uses as a context. */
  @Override
  public @Nullable Iterator<?> toIterator(Object value) {
    if (value instanceof Refused refused) {
      throw refused.exception();
    }
    // The empty list stands for a missing name.
    if (value.equals(List.of()) || (value instanceof String text && Whitespace.isBlank(text))) {
      return Collections.emptyIterator();
    }
    if (!(value instanceof NoText field)) {
      return null;
    }
    if (field.value() instanceof Map<?, ?> map && !map.isEmpty()) {
      return null;
    }
    if (!(field.value() instanceof List<?> list)) {
      return Collections.emptyIterator();
    }
    List<Object> elements = new ArrayList<>(list.size());
    for (int i = 0; i < list.size(); i++) {
      elements.add(wrap(field.name() + "." + i, list.get(i)));
    }
    return elements.iterator();
  }

  @Override
  public Mustache.VariableFetcher createFetcher(Object context, String name) {
    return FETCHER;
  }

  @Override
  public <K, V> Map<K, V> createFetcherCache() {
    return new ConcurrentHashMap<>();
  }
}
