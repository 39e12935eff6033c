package dev.tunebeam.pipelines.findings;

import java.util.ArrayList;
import java.util.List;

/**
 * Collects all findings about a corpus: first what is left out, then problems of the rest, then
 * notes. A pure function.
 */
public final class Findings {

  private Findings() {}

  /**
   * The findings, in report order.
   *
   * @param corpus as it is read without recommendations
   * @param repaired with them: how much is left is said of it
   */
  public static List<Finding> of(Corpus corpus, Corpus repaired) {
    List<Finding> findings = new ArrayList<>();
    findings.addAll(RowFindings.of(corpus));
    findings.addAll(NearFindings.of(corpus));
    findings.addAll(SecretFindings.of(corpus));
    findings.addAll(SizeFindings.of(repaired));
    findings.addAll(ClassFindings.of(corpus));
    findings.addAll(ConversationFindings.of(corpus));
    findings.addAll(TextFindings.of(corpus));
    findings.addAll(FieldFindings.of(corpus));
    return findings;
  }
}
