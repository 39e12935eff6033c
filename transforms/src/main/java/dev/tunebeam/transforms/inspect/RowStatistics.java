package dev.tunebeam.transforms.inspect;

import dev.tunebeam.transforms.compare.ComparedTexts;
import dev.tunebeam.transforms.example.Example;
import dev.tunebeam.transforms.fingerprint.ExampleFingerprints;
import dev.tunebeam.transforms.row.Row;
import java.io.Serializable;

/**
 * Statistics of rows before deduplication, duplicates included. Merging is associative and
 * commutative; memory is bounded like that of its parts.
 */
public final class RowStatistics implements Serializable {

  private static final long serialVersionUID = 1L;

  private final FieldStatistics fields = new FieldStatistics();
  private final CommonEnds prompts = new CommonEnds();
  private final CommonEnds answers = new CommonEnds();
  private final NearSample near;
  private long unanswered;

  RowStatistics() {
    this(new NearSample());
  }

  private RowStatistics(NearSample near) {
    this.near = near;
  }

  /** Of the rows that follow these; to be merged with these. */
  RowStatistics next() {
    return new RowStatistics(near.next());
  }

  void addRow(Row row) {
    fields.add(row);
  }

  void addPrompt(String prompt) {
    prompts.add(prompt);
  }

  void addAnswer(String answer) {
    answers.add(answer);
  }

  void addText(Example example, ExampleFingerprints fingerprints, ComparedTexts texts) {
    near.add(example, fingerprints, texts);
  }

  void addUnanswered() {
    unanswered++;
  }

  void merge(RowStatistics other) {
    fields.merge(other.fields);
    prompts.merge(other.prompts);
    answers.merge(other.answers);
    near.merge(other.near);
    unanswered += other.unanswered;
  }

  public FieldStatistics fields() {
    return fields;
  }

  /** Common prefix and suffix of all prompts. */
  public CommonEnds prompts() {
    return prompts;
  }

  /** Common prefix and suffix of all answers. */
  public CommonEnds answers() {
    return answers;
  }

  /** A sample of the texts, for near copies; empty if all texts are compared. */
  public NearSample near() {
    return near;
  }

  /**
   * Number of conversations that are rejected because their last message is not the assistant's.
   */
  public long unanswered() {
    return unanswered;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RowStatistics rows
        && fields.equals(rows.fields)
        && prompts.equals(rows.prompts)
        && answers.equals(rows.answers)
        && unanswered == rows.unanswered;
  }

  @Override
  public int hashCode() {
    return fields.hashCode();
  }
}
