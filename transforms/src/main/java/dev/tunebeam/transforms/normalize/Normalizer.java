package dev.tunebeam.transforms.normalize;

import dev.tunebeam.dataset.Format;
import dev.tunebeam.transforms.read.Row;
import dev.tunebeam.transforms.reject.Reason;
import dev.tunebeam.transforms.reject.RejectException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes an example of a row: by the recipe's templates, by its messages, or by its fields prompt
 * and completion. A pure function of the row; throws {@link RejectException} with the reason.
 */
public final class Normalizer {

  /** What belongs to a whole conversation in OpenAI's chat lines. */
  private static final List<String> CONVERSATION_KEYS =
      List.of("tools", "parallel_tool_calls", "functions");

  private final Task task;
  private final Format format;
  private final @Nullable RowTemplate prompt;
  private final @Nullable RowTemplate completion;
  private final @Nullable RowTemplate system;
  private final @Nullable RowTemplate className;
  private final RowTemplate plainPrompt = new RowTemplate("prompt", "{{prompt}}");
  private final RowTemplate plainOptionalPrompt = new RowTemplate("prompt", "{{prompt?}}");
  private final RowTemplate plainCompletion = new RowTemplate("completion", "{{completion}}");

  /**
   * A normalizer for a recipe.
   *
   * @throws IllegalArgumentException if one of the templates is none
   */
  public Normalizer(Mapping mapping, Task task, Format format) {
    this.task = task;
    this.format = format;
    this.prompt = template("prompt", mapping.prompt());
    this.completion = template("completion", mapping.completion());
    this.system = template("system", mapping.system());
    this.className = template("class", mapping.className());
  }

  private static @Nullable RowTemplate template(String what, @Nullable String text) {
    return text == null ? null : new RowTemplate(what, text);
  }

  /** The example of a row. */
  public Example normalize(Row row) {
    Map<String, Object> fields = row.fields();
    Example example =
        completion == null && fields.get("messages") instanceof List<?> messages
            ? ofMessages(row, messages)
            : ofPair(row);
    return format == Format.COMPLETION ? asPair(example) : asChat(example);
  }

  /** Whether a row is a conversation as it stands. */
  public static boolean hasMessages(Row row) {
    return row.fields().get("messages") instanceof List;
  }

  private Example ofPair(Row row) {
    Map<String, Object> fields = row.fields();
    String question = promptText(fields);
    if (question.isBlank()) {
      if (task != Task.OPEN_ENDED) {
        throw new RejectException(
            Reason.BLANK_PROMPT,
            "the prompt is blank; if this is text without prompts, set task: open-ended");
      }
      question = null;
    }
    String answer =
        text("completion", (completion == null ? plainCompletion : completion).render(fields));
    if (answer.isBlank()) {
      throw new RejectException(Reason.BLANK_COMPLETION, "the completion is blank");
    }
    String systemText = system == null ? null : text("system", system.render(fields)).strip();
    String label = answer.strip();
    return Example.ofPair(
        row.source(),
        row.raw(),
        systemText == null || systemText.isEmpty() ? null : systemText,
        question == null ? null : question.strip(),
        label,
        classOf(fields, label));
  }

  private String promptText(Map<String, Object> fields) {
    if (prompt != null) {
      return text("prompt", prompt.render(fields));
    }
    if (completion != null) {
      return "";
    }
    return text(
        "prompt", (task == Task.OPEN_ENDED ? plainOptionalPrompt : plainPrompt).render(fields));
  }

  private @Nullable String classOf(Map<String, Object> fields, String label) {
    if (className != null) {
      return text("class", className.render(fields)).strip();
    }
    return task == Task.CLASSIFICATION ? label : null;
  }

  private Example ofMessages(Row row, List<?> messages) {
    Map<String, Object> fields = row.fields();
    List<Message> turns = Conversation.read(messages);
    for (Message turn : turns) {
      turn.texts().forEach(t -> text("the content of a message of the " + turn.role(), t));
    }
    Message answer = turns.get(turns.size() - 1);
    if (answer.content() != null && answer.text().isBlank() && answer.other().isEmpty()) {
      throw new RejectException(
          Reason.BLANK_COMPLETION, "the last message of the assistant is blank");
    }
    List<Message> asked = turns.stream().filter(t -> t.role().equals(Message.USER)).toList();
    if (task != Task.OPEN_ENDED
        && !asked.isEmpty()
        && asked.stream().noneMatch(Normalizer::hasContent)) {
      throw new RejectException(
          Reason.BLANK_PROMPT,
          "every message of the user is blank; for text without prompts, set task: open-ended");
    }
    Map<String, Object> other = new LinkedHashMap<>();
    for (String key : CONVERSATION_KEYS) {
      if (fields.get(key) != null) {
        other.put(key, fields.get(key));
      }
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

  private static boolean hasContent(Message turn) {
    return !turn.text().isBlank() || (turn.content() instanceof List<?> parts && !parts.isEmpty());
  }

  /** One question and one answer, without a system message of its own; or a rejected row. */
  private static Example asPair(Example example) {
    String system = "";
    String question = "";
    for (Message turn : example.messages()) {
      if (!turn.other().isEmpty() || !(turn.content() instanceof String)) {
        throw noPair("a message with more than a text");
      }
    }
    for (Message turn : example.context()) {
      switch (turn.role()) {
        case Message.SYSTEM, Message.DEVELOPER -> system = join(system, turn.text());
        case Message.USER -> {
          if (!question.isEmpty()) {
            throw noPair("several questions");
          }
          question = turn.text();
        }
        case Message.ASSISTANT -> throw noPair("several answers");
        default -> throw noPair("a message of the role " + turn.role());
      }
    }
    if (!example.other().isEmpty()) {
      throw noPair(example.other().keySet().iterator().next());
    }
    String prompt = join(system, question);
    List<Message> turns =
        prompt.isBlank()
            ? List.of(example.answer())
            : List.of(Message.of(Message.USER, prompt.strip()), example.answer());
    return example.withMessages(turns, example.cleaned(), example.truncated());
  }

  private static Example asChat(Example example) {
    if (example.hasPrompt() || example.context().stream().anyMatch(t -> !t.isSystem())) {
      return example;
    }
    // Open-ended text: the API wants a turn of the user, and the guides leave it empty.
    List<Message> turns = new ArrayList<>(example.context());
    turns.add(Message.of(Message.USER, ""));
    turns.add(example.answer());
    return example.withMessages(turns, example.cleaned(), example.truncated());
  }

  private static String join(String first, String second) {
    return first.isEmpty() ? second : second.isEmpty() ? first : first + "\n\n" + second;
  }

  private static RejectException noPair(String what) {
    return new RejectException(
        Reason.DOES_NOT_FIT_FORMAT,
        "prompt and completion cannot hold %s; use format: chat".formatted(what));
  }

  private static String text(String what, String text) {
    if (text.indexOf('\0') >= 0) {
      throw new RejectException(
          Reason.NUL_CHARACTER, what + " holds the character U+0000; take it out of the data");
    }
    return text;
  }
}
