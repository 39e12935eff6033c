package dev.tunebeam.transforms.normalize.dialect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tunebeam.dataset.Format;
import dev.tunebeam.transforms.normalize.Lines;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that call their own answer good or bad. */
final class KtoLabelTest {

  private static final Lines COMPLETION = Lines.CHAT.as(Format.COMPLETION);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'prompt':'q','completion':'a','label':%s}",
        "{'instruction':'q','input':'','output':'a','label':%s}",
        "{'messages':[{'role':'user','content':'q'},{'role':'assistant','content':'a'}],'label':%s}",
        "{'conversations':[{'from':'human','value':'q'},{'from':'gpt','value':'a'}],'label':%s}",
      })
  void anAnswerThatIsSaidToBeABadOneIsNotLearned(String row) {
    String line = "{'prompt':'q','completion':'a'}";
    for (String good : List.of("true", "'True'", "null", "0", "'x'")) {
      assertEquals(List.of(line), COMPLETION.of(row.formatted(good)));
    }
    for (String bad : List.of("false", "'False'", "'x','kto_tag':false")) {
      assertEquals(
          List.of(
              "unwanted_answer: %s is false, so the answer is one that is not wanted; leave the row out, or make pairs of chosen and rejected"
                  .formatted(bad.contains("kto") ? "kto_tag" : "label")),
          COMPLETION.of(row.formatted(bad)));
    }
  }

  @Test
  void aFlagMayBeTheAnswerThatATemplateNames() {
    assertEquals(
        List.of("{'prompt':'q a','completion':'false'}"),
        COMPLETION
            .with(new FieldMapping("{{prompt}} {{completion}}", "{{label}}", null, null))
            .of("{'prompt':'q','completion':'a','label':false}"));
  }
}
