package dev.tunebeam.transforms.normalize;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tunebeam.transforms.example.Message;
import dev.tunebeam.transforms.normalize.TextEdits.Ends;
import dev.tunebeam.transforms.row.RejectException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextEditsTest {

  private static final TextEdits QUESTIONS =
      new TextEdits(
          new Ends("Question: ", "Bitte antworten."), new Ends("Antwort:", "Gruß"), LowerCase.NONE);

  private static List<Message> talk(String question, String answer) {
    return List.of(
        Message.of("system", "Question: SYSTEM"),
        Message.of("user", question),
        Message.of("assistant", answer));
  }

  @Test
  void endsAreTakenOffWithTheBlanksThatTheyLeaveAndTheSystemMessageStays() {
    assertThat(
        QUESTIONS.of(talk("Question:  Wann? \n Bitte antworten.", "Antwort: Um drei. Gruß")),
        equalTo(talk("Wann?", "Um drei.")));
  }

  @Test
  void aTextWithoutTheEndsStaysAsItIsWithItsBlanks() {
    List<Message> turns = talk(" question: Wann? ", " Um drei. ");
    assertThat(QUESTIONS.of(turns), equalTo(turns));
  }

  @Test
  void endsAreTakenOffOnce() {
    assertThat(
        QUESTIONS.of(talk("Question: Question: Wann?", "Um drei.")),
        equalTo(talk("Question: Wann?", "Um drei.")));
  }

  @Test
  void endsThatAreTheWholeTextLeaveNothingSoTheRowIsRefused() {
    RejectException prompt =
        assertThrows(
            RejectException.class, () -> QUESTIONS.of(talk("Question: Bitte antworten.", "x")));
    assertThat(
        prompt.reason() + ": " + prompt.getMessage(),
        equalTo(
            "blank_prompt: nothing is left of the prompt without the ends that the recipe cuts;"
                + " see the key cut"));
    RejectException completion =
        assertThrows(RejectException.class, () -> QUESTIONS.of(talk("x", "Antwort: ")));
    assertThat(
        completion.reason() + ": " + completion.getMessage(),
        equalTo(
            "blank_completion: nothing is left of the completion without the ends that the recipe"
                + " cuts; see the key cut"));
  }

  @Test
  void aTextThatWasBlankBeforeStaysBlank() {
    assertThat(QUESTIONS.of(talk(" ", "")), equalTo(talk(" ", "")));
  }

  @ParameterizedTest
  @CsvSource({
    "NONE, ÄRGER Σ, ÄRGER Σ",
    "PROMPT, ärger σ, ÄRGER Σ",
    "COMPLETION, ÄRGER Σ, ärger σ",
    "BOTH, ärger σ, ärger σ"
  })
  void lowerCaseIsForThePartsThatAreNamed(LowerCase lowerCase, String prompt, String completion) {
    TextEdits edits = new TextEdits(Ends.NONE, Ends.NONE, lowerCase);
    assertThat(edits.of(talk("ÄRGER Σ", "ÄRGER Σ")), equalTo(talk(prompt, completion)));
  }

  @Test
  void lowerCaseIsTheSameOnATurkishMachine() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("tr"));
    try {
      TextEdits edits = new TextEdits(Ends.NONE, Ends.NONE, LowerCase.BOTH);
      assertThat(edits.of(talk("TITLE", "I")), equalTo(talk("title", "i")));
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void endsAreOffBeforeCapitalsAreGone() {
    TextEdits edits = new TextEdits(new Ends("Q: ", ""), new Ends("", " END"), LowerCase.BOTH);
    assertThat(edits.of(talk("Q: WHY", "BECAUSE END")), equalTo(talk("why", "because")));
  }

  @Test
  void eachPartOfAContentIsEdited() {
    Map<String, Object> image = Map.of("type", "image_url", "image_url", Map.of("url", "HTTP://A"));
    Message turn =
        new Message(
            "user", List.of(Map.of("type", "text", "text", "Question: WHY"), image), Map.of());
    TextEdits edits = new TextEdits(new Ends("Question: ", ""), Ends.NONE, LowerCase.PROMPT);
    assertThat(
        edits.of(turn),
        equalTo(
            new Message("user", List.of(Map.of("type", "text", "text", "why"), image), Map.of())));
  }
}
