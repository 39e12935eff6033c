package dev.tunebeam.pipelines.findings;

import dev.tunebeam.transforms.inspect.Inspection;
import dev.tunebeam.transforms.inspect.Trait;
import java.util.List;
import java.util.Locale;

/** Who speaks in conversations, and in what order. */
final class ConversationFindings {

  private ConversationFindings() {}

  static List<Finding> of(Corpus corpus) {
    Inspection inspection = corpus.inspection();
    FindingList list = new FindingList(corpus);
    boolean asked = corpus.conclusion().kind() != CorpusKind.OPEN_ENDED;
    if (asked) {
      list.tally(
          "no-user",
          inspection.with(Trait.NO_USER),
          "conversation has",
          "conversations have",
          "no turn of the user",
          "Nobody asks, so the model learns to speak unasked.",
          "Look whether a role of the data has another name: map.roles says what it is.");
    }
    list.tally(
        "turns-out-of-order",
        inspection.with(Trait.TURNS_OUT_OF_ORDER),
        "conversation has",
        "conversations have",
        "turns out of order",
        "User and assistant should take turns, the system first: so it is when the model is used.",
        "Join turns of one speaker, and put the system message first.");
    list.tally(
        "call-without-answer",
        inspection.with(Trait.CALL_WITHOUT_ANSWER),
        "conversation has",
        "conversations have",
        "a tool call without its answer",
        "The training API refuses a call that no message of the tool answers.",
        "Add the tool's answer, or end the conversation with the call.");
    list.tally(
        "answer-without-call",
        inspection.with(Trait.ANSWER_WITHOUT_CALL),
        "conversation has",
        "conversations have",
        "the answer of a tool that nobody called",
        "The training API refuses it.",
        "Give it the tool_call_id of its call, or take it out.");
    long system = inspection.with(Trait.SYSTEM).count();
    long without = inspection.kept() - system;
    if (system > 0 && without > 0) {
      list.add(
          "missing-system",
          without,
          String.format(
              Locale.ROOT,
              "%,d of %,d examples have no system message",
              without,
              inspection.kept()),
          "The model should be trained with the system message that it is used with.",
          "map.system gives one to those that have none.",
          List.of());
    }
    return list.list();
  }
}
