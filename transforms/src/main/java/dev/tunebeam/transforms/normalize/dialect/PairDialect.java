package dev.tunebeam.transforms.normalize.dialect;

import dev.tunebeam.transforms.example.Message;
import dev.tunebeam.transforms.example.Task;
import dev.tunebeam.transforms.normalize.template.RemovedTexts;
import dev.tunebeam.transforms.normalize.template.RowTemplate;
import dev.tunebeam.transforms.row.Reason;
import dev.tunebeam.transforms.row.RejectException;
import dev.tunebeam.transforms.row.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads prompt and completion by templates: the recipe's, or the fields of these names. */
public final class PairDialect implements RowDialect {

  private final Task task;
  private final boolean plain;
  private final RowTemplate prompt;
  private final RowTemplate completion;
  private final @Nullable RowTemplate system;

  /**
   * Creates the dialect.
   *
   * @throws IllegalArgumentException if a template is invalid
   */
  public PairDialect(FieldMapping mapping, Task task, RemovedTexts removed) {
    this.task = task;
    this.plain = !mapping.hasTemplates();
    // The prompt may be missing if the recipe maps only the completion, or the task has no prompts.
    String own =
        mapping.completion() != null || task == Task.OPEN_ENDED ? "{{prompt?}}" : "{{prompt}}";
    this.prompt =
        new RowTemplate("prompt", mapping.prompt() == null ? own : mapping.prompt(), removed);
    this.completion =
        new RowTemplate(
            "completion",
            mapping.completion() == null ? "{{completion}}" : mapping.completion(),
            removed);
    this.system =
        mapping.system() == null ? null : new RowTemplate("system", mapping.system(), removed);
  }

  @Override
  public Turns read(Row row) {
    Map<String, Object> fields = row.fields();
    // With templates, the label may be the answer itself.
    if (plain) {
      KtoLabel.check(fields);
    }
    String question = prompt.renderStripped(fields);
    if (question.isEmpty() && task != Task.OPEN_ENDED) {
      throw new RejectException(
          Reason.BLANK_PROMPT,
          "the prompt is blank; if this is text without prompts, set task: open-ended");
    }
    String answer = completion.renderStripped(fields);
    if (answer.isEmpty()) {
      throw new RejectException(Reason.BLANK_COMPLETION, "the completion is blank");
    }
    List<Message> turns = new ArrayList<>(3);
    String scene = system == null ? "" : system.renderStripped(fields);
    if (!scene.isEmpty()) {
      turns.add(Message.of(Message.SYSTEM, scene));
    }
    if (!question.isEmpty()) {
      turns.add(Message.of(Message.USER, question));
    }
    turns.add(Message.of(Message.ASSISTANT, answer));
    return Turns.of(turns, Map.of());
  }
}
