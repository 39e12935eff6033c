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

/** A question and its answer by templates: as the recipe maps them, or its fields of that name. */
public final class PairDialect implements RowDialect {

  private final Task task;
  private final boolean plain;
  private final RowTemplate prompt;
  private final RowTemplate completion;
  private final @Nullable RowTemplate system;

  /**
   * The pairs of a recipe.
   *
   * @throws IllegalArgumentException if one of the templates is none
   */
  public PairDialect(FieldMapping mapping, Task task, RemovedTexts removed) {
    this.task = task;
    this.plain = !mapping.hasTemplates();
    // A prompt may be missing where the recipe speaks of the completion alone, or of no prompts.
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
    // To templates the flag may be the answer itself.
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
