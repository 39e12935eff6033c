package dev.tunebeam.pipelines.findings;

import dev.tunebeam.transforms.inspect.Inspection;
import dev.tunebeam.transforms.inspect.Trait;
import java.util.List;
import java.util.Locale;

/** Findings about conversations: who speaks, and in what order. */
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
          "no user turn",
          "The model learns to speak without being asked.",
          "If the user has another role name in the data, set map.roles.");
    }
    list.tally(
        "turns-out-of-order",
        inspection.with(Trait.TURNS_OUT_OF_ORDER),
        "conversation has",
        "conversations have",
        "turns out of order",
        "At inference the system message comes first, then user and assistant alternate.",
        "Merge consecutive turns of one role, and put the system message first.");
    list.tally(
        "call-without-answer",
        inspection.with(Trait.CALL_WITHOUT_ANSWER),
        "conversation has",
        "conversations have",
        "a tool call without a tool message",
        "The training API rejects a tool call that no tool message answers.",
        "Add the tool message, or end the conversation with the call.");
    list.tally(
        "answer-without-call",
        inspection.with(Trait.ANSWER_WITHOUT_CALL),
        "conversation has",
        "conversations have",
        "a tool message without a tool call",
        "The training API rejects it.",
        "Set its tool_call_id to that of its call, or remove it.");
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
          "Train with the system message that is used at inference.",
          "Set map.system to add one where it is missing.",
          List.of());
    }
    return list.list();
  }
}
