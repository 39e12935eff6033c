package dev.tunebeam.transforms.normalize.dialect;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.tunebeam.transforms.row.Row;
import dev.tunebeam.transforms.row.Source;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FolderProposalTest {

  private static final Map<String, Object> MAIL =
      Map.of("Subject", "s", "From", "a", "To", "b", "Date", "", "Content", "c");

  private static String proposed(Map<String, Object> fields, int rows, String... folders) {
    FolderProposal proposal = new FolderProposal(FieldMapping.NONE);
    proposal.add(Collections.nCopies(rows, new Row(new Source(0, 0, 1), "", fields)));
    return proposal
        .shape(List.of(folders))
        .map(
            found ->
                "%s → %s: %s"
                    .formatted(
                        found.shape().mapping().prompt(),
                        found.shape().mapping().completion(),
                        found.because()))
        .orElse("none");
  }

  @Test
  void foldersOfMailsAreClasses() {
    assertThat(
        proposed(MAIL, 4, "ham", "spam", "spam"),
        equalTo(
            "{{Subject}}\n{{Content}} → {{_folder}}: looks like Subject, Content → folder (2 names)"));
  }

  @Test
  void foldersOfTextsAreClasses() {
    assertThat(
        proposed(Map.of("id", 1, "text", "a"), 4, "neg", "pos"),
        equalTo("{{text}} → {{_folder}}: looks like text → folder (2 names)"));
  }

  @Test
  void otherFoldersAndOtherRowsAreNot() {
    assertThat(proposed(MAIL, 3, "ham", "spam"), equalTo("none"));
    assertThat(proposed(MAIL, 4, "spam", "spam"), equalTo("none"));
    assertThat(proposed(MAIL, 4, "train", "test"), equalTo("none"));
    assertThat(proposed(MAIL, 4, "2020", "2021"), equalTo("none"));
    assertThat(proposed(Map.of("text", "a", "label", "b"), 4, "ham", "spam"), equalTo("none"));
    assertThat(proposed(Map.of("prompt", "a"), 4, "ham", "spam"), equalTo("none"));
    assertThat(proposed(Map.of(), 4, "ham", "spam"), equalTo("none"));
  }
}
