package dev.tunebeam.transforms.inspect;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import dev.tunebeam.dataset.Format;
import dev.tunebeam.transforms.example.Example;
import dev.tunebeam.transforms.example.Message;
import dev.tunebeam.transforms.row.Source;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExampleTraitsTest {

  private static final Message SYSTEM = Message.of("system", "be brief");
  private static final Message USER = Message.of("user", "how?");
  private static final Message ANSWER = Message.of("assistant", "so");
  private static final Message CALL =
      new Message("assistant", null, Map.of("tool_calls", List.of(Map.of("id", "c1"))));
  private static final Message RESULT = new Message("tool", "4", Map.of("tool_call_id", "c1"));

  private static Set<Trait> traits(Message... turns) {
    Example example =
        new Example(new Source(0, 0, 1), 0, "", List.of(turns), Map.of(), null, false, false);
    long bits = ExampleTraits.of(example, Format.CHAT);
    EnumSet<Trait> traits = EnumSet.noneOf(Trait.class);
    for (Trait trait : Trait.values()) {
      if ((bits & trait.bit()) != 0) {
        traits.add(trait);
      }
    }
    return traits;
  }

  @Test
  void aConversationInOrderHasNothingToSayOf() {
    assertThat(traits(USER, ANSWER), equalTo(Set.of()));
    assertThat(
        traits(SYSTEM, USER, ANSWER, USER, ANSWER),
        equalTo(Set.of(Trait.SYSTEM, Trait.SEVERAL_ANSWERS)));
  }

  @Test
  void turnsOutOfOrderAreSeen() {
    Set<Trait> wrong = Set.of(Trait.TURNS_OUT_OF_ORDER);
    assertThat(traits(USER, USER, ANSWER), equalTo(wrong));
    assertThat(
        traits(USER, ANSWER, ANSWER),
        equalTo(Set.of(Trait.TURNS_OUT_OF_ORDER, Trait.SEVERAL_ANSWERS)));
    assertThat(
        traits(USER, SYSTEM, ANSWER), equalTo(Set.of(Trait.TURNS_OUT_OF_ORDER, Trait.SYSTEM)));
    assertThat(
        traits(ANSWER, USER, ANSWER),
        equalTo(Set.of(Trait.TURNS_OUT_OF_ORDER, Trait.SEVERAL_ANSWERS)));
  }

  @Test
  void aCallWaitsForItsAnswerUnlessItIsTheLastTurn() {
    assertThat(traits(USER, CALL), equalTo(Set.of(Trait.TOOLS)));
    assertThat(
        traits(USER, CALL, RESULT, ANSWER), equalTo(Set.of(Trait.TOOLS, Trait.SEVERAL_ANSWERS)));
    assertThat(
        traits(USER, CALL, USER, ANSWER),
        equalTo(Set.of(Trait.TOOLS, Trait.SEVERAL_ANSWERS, Trait.CALL_WITHOUT_ANSWER)));
    assertThat(traits(USER, RESULT, ANSWER), equalTo(Set.of(Trait.ANSWER_WITHOUT_CALL)));
  }

  @Test
  void nobodyAsksWhereThereIsNoUser() {
    assertThat(
        traits(SYSTEM, ANSWER),
        equalTo(Set.of(Trait.NO_PROMPT, Trait.SYSTEM, Trait.NO_USER, Trait.TURNS_OUT_OF_ORDER)));
  }

  @Test
  void theEmptyTurnThatChatLinesGetIsNoTurnOfTheUser() {
    assertThat(
        traits(SYSTEM, Message.of("user", ""), ANSWER),
        equalTo(Set.of(Trait.NO_PROMPT, Trait.SYSTEM, Trait.NO_USER)));
  }

  @Test
  void mostLettersHaveToBeCapitals() {
    assertThat(ExampleTraits.isUpperCase("WHY IS MY CARD not there"), is(true));
    assertThat(ExampleTraits.isUpperCase("ПОЧЕМУ НЕТ КАРТЫ"), is(true));
    assertThat(ExampleTraits.isUpperCase("NASA, ESA"), is(false));
    assertThat(ExampleTraits.isUpperCase("Why is it so?"), is(false));
    assertThat(ExampleTraits.isUpperCase("为什么没有我的卡片"), is(false));
    assertThat(ExampleTraits.isUpperCase("请问如何用 SQL 查询并用 HTTP API 返回结果"), is(false));
    assertThat(ExampleTraits.isUpperCase("มีปัญหากับ NVIDIA RTX GPU ของฉัน ช่วยด้วย"), is(false));
  }

  @Test
  void aSecretInAnyTurnIsSeenAndInTheOtherAnswerToo() {
    Message mail = Message.of("user", "I am ada@example.com");
    assertThat(traits(mail, ANSWER), equalTo(Set.of(Trait.EMAIL)));
    Example pair =
        new Example(
            new Source(0, 0, 1),
            0,
            "",
            List.of(USER, ANSWER),
            Map.of(),
            null,
            false,
            false,
            Message.of("assistant", "write to ada@example.com"));
    assertThat(
        ExampleTraits.of(pair, Format.PREFERENCE),
        equalTo(Trait.PREFERENCE.bit() | Trait.EMAIL.bit()));
  }

  @Test
  void anEmbeddedImageHoldsNoSecretButATextThatBeginsWithDataMay() {
    Message image = Message.of("user", "data:image/png;base64,AKIA" + "ABCDEFGH12345678+/==");
    assertThat(traits(image, ANSWER), equalTo(Set.of()));
    Message log = Message.of("user", "data: {\"mail\": \"ada@example.com\"}");
    assertThat(traits(log, ANSWER), equalTo(Set.of(Trait.EMAIL)));
    Message more = Message.of("user", "data:image/png;base64,iVBO is from ada@example.com");
    assertThat(traits(more, ANSWER), equalTo(Set.of(Trait.EMAIL)));
  }

  @Test
  void aSecretInWhatAToolIsGivenOrMadeOfIsSeen() {
    Message call =
        new Message(
            "assistant",
            null,
            Map.of(
                "tool_calls",
                List.of(
                    Map.of(
                        "id",
                        "c1",
                        "function",
                        Map.of("name", "pay", "arguments", "{\"card\":\"4111111111111111\"}")))));
    assertThat(traits(USER, call), equalTo(Set.of(Trait.TOOLS, Trait.CARD)));
    Message named = new Message("user", "how?", Map.of("name", "ada@example.com"));
    assertThat(traits(named, ANSWER), equalTo(Set.of(Trait.EMAIL)));
    Example defined =
        new Example(
            new Source(0, 0, 1),
            0,
            "",
            List.of(USER, ANSWER),
            Map.of("tools", List.of(Map.of("description", "asks ada@example.com"))),
            null,
            false,
            false);
    assertThat(
        ExampleTraits.of(defined, Format.CHAT), equalTo(Trait.TOOLS.bit() | Trait.EMAIL.bit()));
  }
}
