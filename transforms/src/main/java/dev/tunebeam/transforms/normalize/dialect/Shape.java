package dev.tunebeam.transforms.normalize.dialect;

import java.io.Serializable;

/**
 * How the rows of one file become examples: all that is decided from its first rows.
 *
 * @param dialect never {@link Dialect#AUTO}
 * @param mapping the recipe's mapping, with templates for common field names if it has none
 * @param answersRepeatPrompt whether both answers of a preference pair begin with the prompt's text
 */
public record Shape(Dialect dialect, FieldMapping mapping, boolean answersRepeatPrompt)
    implements Serializable {

  /** Refuses an undecided dialect, and templates for rows that need none. */
  public Shape {
    if (dialect == Dialect.AUTO) {
      throw new IllegalArgumentException("the dialect is not decided");
    }
    boolean conversation = dialect != Dialect.PROMPT_COMPLETION && dialect != Dialect.PREFERENCE;
    boolean noCompletion = conversation || dialect == Dialect.PREFERENCE;
    if ((mapping.completion() != null && noCompletion)
        || (mapping.prompt() != null && conversation)) {
      throw new IllegalArgumentException(
          "map.%s makes examples of dialect: prompt-completion; leave one of the two out"
              .formatted(mapping.completion() != null ? "completion" : "prompt"));
    }
  }

  /** The dialect and the templates, in one text. */
  public String templates() {
    return "%s: %s, %s".formatted(dialect, mapping.prompt(), mapping.completion());
  }

  /** A shape without special cases. */
  public static Shape of(Dialect dialect, FieldMapping mapping) {
    return new Shape(dialect, mapping, false);
  }
}
