package dev.tunebeam.transforms.normalize;

import dev.tunebeam.dataset.Format;
import dev.tunebeam.dataset.Whitespace;
import dev.tunebeam.transforms.example.Example;
import dev.tunebeam.transforms.example.Message;
import dev.tunebeam.transforms.example.Task;
import dev.tunebeam.transforms.normalize.dialect.AlpacaDialect;
import dev.tunebeam.transforms.normalize.dialect.Conversation;
import dev.tunebeam.transforms.normalize.dialect.ConversationDialect;
import dev.tunebeam.transforms.normalize.dialect.Dialect;
import dev.tunebeam.transforms.normalize.dialect.FieldMapping;
import dev.tunebeam.transforms.normalize.dialect.PairDialect;
import dev.tunebeam.transforms.normalize.dialect.PreferenceDialect;
import dev.tunebeam.transforms.normalize.dialect.RowDialect;
import dev.tunebeam.transforms.normalize.dialect.Shape;
import dev.tunebeam.transforms.normalize.dialect.Turns;
import dev.tunebeam.transforms.normalize.template.NulCheck;
import dev.tunebeam.transforms.normalize.template.RemovedTexts;
import dev.tunebeam.transforms.normalize.template.RowFields;
import dev.tunebeam.transforms.normalize.template.RowTemplate;
import dev.tunebeam.transforms.row.Reason;
import dev.tunebeam.transforms.row.RejectException;
import dev.tunebeam.transforms.row.Row;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Converts the rows of a file to examples, by its {@link Shape}. Pure functions of the row; both
 * throw {@link RejectException} with the reason.
 */
public final class Normalizer {

  /**
   * Settings for all files of a job.
   *
   * @param remove texts to remove from the data, in this order
   * @param edits edits of prompts and completions, applied after that
   * @param labels other names for completions and classes, after the edits
   * @param group template of what stays on one side of the split, null for none
   */
  public record Settings(
      Task task,
      Format format,
      Examples examples,
      List<String> remove,
      TextEdits edits,
      Labels labels,
      @Nullable String group)
      implements Serializable {

    /** Settings without other names for labels. */
    public Settings(
        Task task, Format format, Examples examples, List<String> remove, TextEdits edits) {
      this(task, format, examples, remove, edits, Labels.NONE, null);
    }

    /** Makes an immutable copy. */
    public Settings {
      remove = List.copyOf(remove);
    }
  }

  private final Settings settings;
  private final RowDialect dialect;
  private final @Nullable RowTemplate system;
  private final @Nullable RowTemplate className;
  private final @Nullable RowTemplate group;

  /**
   * Creates a normalizer for rows of one shape.
   *
   * @throws IllegalArgumentException if a template is invalid
   */
  public Normalizer(Shape shape, Settings settings) {
    FieldMapping mapping = shape.mapping();
    RemovedTexts removed = new RemovedTexts(settings.remove());
    this.settings = settings;
    this.dialect = dialect(shape, settings.task(), removed);
    this.system = template("system", mapping.system(), removed);
    this.className = template("class", mapping.className(), removed);
    this.group = template("group", settings.group(), removed);
  }

  /**
   * Creates a normalizer for rows that templates map, or else for messages and pairs under their
   * own names.
   */
  public Normalizer(FieldMapping mapping, Task task, Format format) {
    this(
        Shape.of(mapping.hasTemplates() ? Dialect.PROMPT_COMPLETION : Dialect.CHAT, mapping),
        new Settings(task, format, Examples.WHOLE, List.of(), TextEdits.NONE));
  }

  private static @Nullable RowTemplate template(
      String what, @Nullable String text, RemovedTexts removed) {
    return text == null ? null : new RowTemplate(what, text, removed);
  }

  private static RowDialect dialect(Shape shape, Task task, RemovedTexts removed) {
    FieldMapping mapping = shape.mapping();
    return switch (shape.dialect()) {
      case PREFERENCE -> new PreferenceDialect(shape, removed);
      case SHAREGPT -> new ConversationDialect(mapping, true, removed);
      case ALPACA -> new AlpacaDialect(mapping, task, removed);
      default -> {
        PairDialect pairs = new PairDialect(mapping, task, removed);
        ConversationDialect chat = new ConversationDialect(mapping, false, removed);
        boolean chatFirst = shape.dialect() == Dialect.CHAT;
        yield mapping.hasTemplates()
            ? pairs
            : row -> (isConversation(row, chat, chatFirst) ? chat : pairs).read(row);
      }
    };
  }

  /** A file of messages or pairs may contain a few rows of the other kind. */
  private static boolean isConversation(Row row, ConversationDialect chat, boolean chatFirst) {
    Map<String, Object> fields = row.fields();
    boolean answer = RowFields.has(fields, "completion");
    if (chat.turns(fields) instanceof List) {
      return chatFirst || !(answer || RowFields.has(fields, "prompt"));
    }
    // An invalid conversation is rejected as such, not for a missing prompt.
    return chat.isMapped() || (RowFields.has(fields, "messages") && !answer);
  }

  /** The examples of a row, at least one, numbered; each still has to {@link #fit} the format. */
  public List<Example> normalize(Row row) {
    Turns turns = dialect.read(row);
    NulCheck.check("the messages", turns.messages());
    NulCheck.check("the messages", turns.nonPreferred());
    NulCheck.check("the conversation", turns.other());
    List<Message> placed = RowImages.place(row.fields(), turns.messages());
    List<Message> messages = withSystem(row, settings.labels().of(settings.edits().of(placed)));
    Message other = turns.nonPreferred();
    Message nonPreferred = other == null ? null : settings.edits().of(other);
    List<List<Message>> parts =
        settings.examples() == Examples.EACH_ANSWER && nonPreferred == null
            ? EachAnswer.of(messages)
            : List.of(Conversation.ended(messages));
    List<Example> examples = new ArrayList<>(parts.size());
    for (List<Message> part : parts) {
      examples.add(
          new Example(
              row.source(),
              examples.size(),
              row.raw(),
              part,
              turns.other(),
              classOf(row, part.get(part.size() - 1)),
              false,
              false,
              nonPreferred,
              group == null ? null : group.renderStripped(row.fields())));
    }
    return examples;
  }

  /** Converts the example to the output format. */
  public Example fit(Example example) {
    Message answer = example.answer();
    if (saysNothing(answer)) {
      throw new RejectException(
          Reason.BLANK_COMPLETION, "the last message of the assistant is blank");
    }
    Message other = example.nonPreferred();
    if (other != null && saysNothing(other)) {
      throw new RejectException(
          Reason.BLANK_COMPLETION, "the answer that is not preferred is blank");
    }
    if (other != null
        && answer.mapTexts(Whitespace::strip).equals(other.mapTexts(Whitespace::strip))) {
      throw new RejectException(
          Reason.NO_PREFERENCE, "both answers are the same, so none is preferred");
    }
    if (settings.task() != Task.OPEN_ENDED && asksNothing(example.context())) {
      throw new RejectException(
          Reason.BLANK_PROMPT,
          "every message of the user is blank; for text without prompts, set task: open-ended");
    }
    return FormatConversion.fit(example, settings.format(), settings.examples());
  }

  /** Whether there are messages of the user, and all of them are blank. */
  private static boolean asksNothing(List<Message> context) {
    boolean asks = false;
    for (Message turn : context) {
      if (turn.role().equals(Message.USER)) {
        if (!turn.isBlank()) {
          return false;
        }
        asks = true;
      }
    }
    return asks;
  }

  private static boolean saysNothing(Message answer) {
    return answer.isBlank() && !Conversation.saysSomethingElse(answer);
  }

  private List<Message> withSystem(Row row, List<Message> turns) {
    if (system == null || turns.stream().anyMatch(Message::isSystem)) {
      return turns;
    }
    String text = system.renderStripped(row.fields());
    if (text.isEmpty()) {
      return turns;
    }
    List<Message> opened = new ArrayList<>(turns.size() + 1);
    opened.add(Message.of(Message.SYSTEM, text));
    opened.addAll(turns);
    return opened;
  }

  private @Nullable String classOf(Row row, Message answer) {
    if (className != null) {
      return settings.labels().of(className.renderStripped(row.fields()));
    }
    return settings.task() == Task.CLASSIFICATION ? Whitespace.strip(answer.text()) : null;
  }
}
