package dev.tunebeam.transforms.normalize;

import dev.tunebeam.dataset.Format;
import dev.tunebeam.transforms.read.Row;
import dev.tunebeam.transforms.reject.Reason;
import dev.tunebeam.transforms.reject.RejectException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes an example of a row: by the recipe's templates, by its messages, or by its fields prompt
 * and completion. A pure function of the row; throws {@link RejectException} with the reason.
 */
public final class Normalizer {

  private static final String MESSAGES = "messages";

  private final Task task;
  private final Format format;

  /** Whether the templates make the example, whatever else the row has. */
  private final boolean mapped;

  private final RowTemplate prompt;
  private final RowTemplate completion;
  private final @Nullable RowTemplate system;
  private final @Nullable RowTemplate className;

  /**
   * A normalizer for a recipe.
   *
   * @throws IllegalArgumentException if one of the templates is none
   */
  public Normalizer(Mapping mapping, Task task, Format format) {
    this.task = task;
    this.format = format;
    this.mapped = mapping.prompt() != null || mapping.completion() != null;
    this.prompt =
        new RowTemplate(
            "prompt", mapping.prompt() == null ? plainPrompt(mapping, task) : mapping.prompt());
    this.completion =
        new RowTemplate(
            "completion", mapping.completion() == null ? "{{completion}}" : mapping.completion());
    this.system = template("system", mapping.system());
    this.className = template("class", mapping.className());
  }

  /** A prompt may be missing where the recipe speaks of the completion alone, or of no prompts. */
  private static String plainPrompt(Mapping mapping, Task task) {
    return mapping.completion() != null || task == Task.OPEN_ENDED ? "{{prompt?}}" : "{{prompt}}";
  }

  private static @Nullable RowTemplate template(String what, @Nullable String text) {
    return text == null ? null : new RowTemplate(what, text);
  }

  /** The example of a row. */
  public Example normalize(Row row) {
    Example example;
    if (!mapped && RowFields.get(row.fields(), MESSAGES) instanceof List<?> messages) {
      example = ofMessages(row, messages);
    } else {
      checkMessages(row);
      example = ofPair(row);
    }
    return format == Format.COMPLETION
        ? FormatConversion.asPair(example)
        : FormatConversion.asChat(example);
  }

  /** Whether a row is a conversation as it stands. */
  public static boolean hasMessages(Row row) {
    return RowFields.get(row.fields(), MESSAGES) instanceof List;
  }

  /** A conversation that is none is refused as one, not for lack of a prompt. */
  private void checkMessages(Row row) {
    if (!mapped
        && RowFields.has(row.fields(), MESSAGES)
        && !RowFields.has(row.fields(), "completion")) {
      throw new RejectException(
          Reason.BAD_MESSAGES, "messages is no list; it holds objects with role and content");
    }
  }

  private Example ofPair(Row row) {
    Map<String, Object> fields = row.fields();
    String question = render("prompt", prompt, fields);
    if (question.isEmpty() && task != Task.OPEN_ENDED) {
      throw new RejectException(
          Reason.BLANK_PROMPT,
          "the prompt is blank; if this is text without prompts, set task: open-ended");
    }
    String answer = render("completion", completion, fields);
    if (answer.isEmpty()) {
      throw new RejectException(Reason.BLANK_COMPLETION, "the completion is blank");
    }
    return Example.ofPair(
        row.source(),
        row.raw(),
        systemOf(fields),
        question.isEmpty() ? null : question,
        answer,
        classOf(fields, answer));
  }

  private Example ofMessages(Row row, List<?> messages) {
    Map<String, Object> fields = row.fields();
    List<Message> turns = Conversation.read(messages);
    Message answer = turns.get(turns.size() - 1);
    if (answer.isBlank() && !Conversation.saysSomethingElse(answer)) {
      throw new RejectException(
          Reason.BLANK_COMPLETION, "the last message of the assistant is blank");
    }
    List<Message> asked = turns.stream().filter(t -> t.role().equals(Message.USER)).toList();
    if (task != Task.OPEN_ENDED && !asked.isEmpty() && asked.stream().allMatch(Message::isBlank)) {
      throw new RejectException(
          Reason.BLANK_PROMPT,
          "every message of the user is blank; for text without prompts, set task: open-ended");
    }
    Map<String, Object> other = Conversation.readTools(fields);
    checkNul("the messages", turns);
    checkNul("the conversation", other);
    String systemText = turns.stream().anyMatch(Message::isSystem) ? null : systemOf(fields);
    if (systemText != null) {
      turns = new ArrayList<>(turns);
      turns.add(0, Message.of(Message.SYSTEM, systemText));
    }
    return new Example(
        row.source(),
        0,
        row.raw(),
        turns,
        other,
        classOf(fields, answer.text().strip()),
        false,
        false);
  }

  private @Nullable String systemOf(Map<String, Object> fields) {
    String text = system == null ? "" : render("system", system, fields);
    return text.isEmpty() ? null : text;
  }

  private @Nullable String classOf(Map<String, Object> fields, String label) {
    if (className != null) {
      return render("class", className, fields);
    }
    return task == Task.CLASSIFICATION ? label : null;
  }

  /** The text without blanks around it. */
  private static String render(String what, RowTemplate template, Map<String, Object> fields) {
    String text = template.render(fields);
    checkNul(what, text);
    return text.strip();
  }

  /** Looks through a tree of values and messages, keys too. */
  private static void checkNul(String what, @Nullable Object value) {
    if (value instanceof String text) {
      if (text.indexOf('\0') >= 0) {
        throw new RejectException(
            Reason.NUL_CHARACTER, what + " holds the character U+0000; take it out of the data");
      }
    } else if (value instanceof List<?> list) {
      list.forEach(element -> checkNul(what, element));
    } else if (value instanceof Map<?, ?> map) {
      map.forEach(
          (key, element) -> {
            checkNul(what, key);
            checkNul(what, element);
          });
    } else if (value instanceof Message turn) {
      String whose = "a message of the role " + turn.role();
      checkNul(whose, turn.content());
      checkNul(whose, turn.other());
    }
  }
}
