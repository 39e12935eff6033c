package dev.tunebeam.transforms.normalize.template;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import com.samskivert.mustache.Template;
import dev.tunebeam.dataset.Whitespace;
import dev.tunebeam.transforms.normalize.template.RowFields.NoText;
import dev.tunebeam.transforms.normalize.template.RowFields.Refused;
import dev.tunebeam.transforms.row.Reason;
import dev.tunebeam.transforms.row.RejectException;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A Mustache template over the fields of a row.
 *
 * <p>{@code {{name}}} is the field's text, {@code {{order.city}}} a nested one, {@code {{lines.0}}}
 * an element of a list; names match ignoring case if no field matches exactly. A field that is
 * missing, null, a list or an object rejects the row. {@code {{name?}}} marks it optional: empty if
 * it is missing or null. A section {@code {{#name}}…{{/name}}} is skipped if the field is missing,
 * null, false, blank or empty, and repeated for the elements of a list; {@code {{^name}}…{{/name}}}
 * is its inverse. {@code {{names|lines}}} and similar tags are a {@link ListFilter}. Nothing is
 * escaped.
 */
public final class RowTemplate {

  /** Maximum number of field names in a message. */
  private static final int NAMES_SHOWN = 20;

  private final String what;
  private final Template template;

  /**
   * Compiles a template.
   *
   * @param what the recipe's key, for messages
   * @throws IllegalArgumentException if the template is invalid
   */
  public RowTemplate(String what, String text) {
    this(what, text, RemovedTexts.NONE);
  }

  /**
   * Compiles a template.
   *
   * @param removed texts to remove from the fields, not from the template
   */
  public RowTemplate(String what, String text, RemovedTexts removed) {
    this.what = what;
    try {
      this.template =
          Mustache.compiler()
              .escapeHTML(false)
              .withCollector(new RowFields())
              .withFormatter(value -> removed.outOf(format(value)))
              .compile(text);
      template.visit(new Check(text.contains("{{=")));
    } catch (MustacheException e) {
      throw new IllegalArgumentException(
          "map.%s is not a valid template: %s".formatted(what, e.getMessage()), e);
    }
  }

  /** Renders a row; throws {@link RejectException} if a field is missing or not a text. */
  String render(Map<String, Object> fields) {
    try {
      return template.execute(new RowFields.Root(fields));
    } catch (RejectException e) {
      throw new RejectException(e.reason(), what + ": " + e.getMessage());
    } catch (MustacheException.Context e) {
      throw new RejectException(
          Reason.MISSING_FIELD,
          "%s: the row has no field '%s', only %s; correct map.%s, or write {{%s?}} if it may be missing"
              .formatted(what, field(e.key), names(fields), what, field(e.key)));
    }
  }

  /** The name of a field that the template needs and the row does not have; null if it has all. */
  public @Nullable String missingField(Map<String, Object> fields) {
    try {
      template.execute(new RowFields.Root(fields));
      return null;
    } catch (MustacheException.Context e) {
      return field(e.key);
    } catch (RejectException e) {
      return null; // it has them, with unusable values
    }
  }

  /** Renders a row and strips whitespace; refuses the character U+0000. */
  public String renderStripped(Map<String, Object> fields) {
    String text = render(fields);
    NulCheck.check(what, text);
    return Whitespace.strip(text);
  }

  private static String names(Map<String, Object> fields) {
    String names = fields.keySet().stream().limit(NAMES_SHOWN).collect(Collectors.joining(", "));
    return "[" + names + (fields.size() > NAMES_SHOWN ? ", …]" : "]");
  }

  private static String field(String key) {
    ListFilter.Call call = ListFilter.Call.in(key);
    return call == null ? key : call.field();
  }

  private static String format(Object value) {
    if (value instanceof NoText field) {
      throw new RejectException(Reason.NOT_TEXT, field.complaint());
    }
    if (value instanceof Refused refused) {
      throw refused.exception();
    }
    return value.toString();
  }

  /**
   * Refuses what the compiler accepts: partials, since a template has only the row, and a tag
   * without an end, which would be in every prompt as written.
   *
   * @param otherTags whether the template sets its own tag delimiters, so that braces are text
   */
  private record Check(boolean otherTags) implements Mustache.Visitor {

    @Override
    public void visitText(String text) {
      int at = text.indexOf("{{");
      if (at >= 0 && !otherTags) {
        throw new MustacheException("a tag is not closed: " + text.substring(at));
      }
    }

    @Override
    public void visitVariable(String name) {}

    @Override
    public boolean visitInclude(String name) {
      throw new MustacheException("{{>" + name + "}} includes another template; write it out");
    }

    @Override
    public boolean visitParent(String name) {
      throw new MustacheException("{{<" + name + "}} includes another template; write it out");
    }

    @Override
    public boolean visitSection(String name) {
      return true;
    }

    @Override
    public boolean visitInvertedSection(String name) {
      return true;
    }
  }
}
