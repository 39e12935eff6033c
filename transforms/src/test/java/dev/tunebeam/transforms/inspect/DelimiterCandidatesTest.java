package dev.tunebeam.transforms.inspect;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.tunebeam.transforms.row.Source;
import java.util.List;
import org.junit.jupiter.api.Test;

class DelimiterCandidatesTest {

  private static Inspection of(String prompt, String answer) {
    Inspection inspection = new Inspection();
    inspection.addKept(
        new ExampleNote(
            new Source(0, 0, 1),
            0,
            DelimiterCandidates.inPrompt(prompt) | DelimiterCandidates.inAnswer(answer),
            null));
    return inspection;
  }

  @Test
  void allCanBeUsedWhereNoneOccurs() {
    Inspection inspection = of("Is it so?", "It is.");
    assertThat(inspection.freeSeparators(), equalTo(DelimiterCandidates.SEPARATORS));
    assertThat(inspection.freeStops(), equalTo(DelimiterCandidates.STOPS));
  }

  @Test
  void thoseThatOccurCannot() {
    Inspection inspection = of("a\n\n###\n\nb -> c", "THE END of\nit $$$");
    assertThat(
        inspection.freeSeparators(),
        equalTo(
            List.of(
                "\n\n===\n\n",
                "\n\n---\n\n",
                "\n\n===>\n\n",
                "\n\n--->\n\n",
                "\n\n### =>\n\n",
                " =>")));
    assertThat(
        inspection.freeStops(),
        equalTo(List.of(" [END]", "***", "+++", "&&&", "@@@", "%%%", " ###")));
    assertThat(inspection.withDelimiter(" END").count(), equalTo(1L));
  }
}
