package dev.tunebeam.transforms.normalize;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tunebeam.dataset.Format;
import dev.tunebeam.transforms.example.Example;
import dev.tunebeam.transforms.example.Task;
import dev.tunebeam.transforms.normalize.dialect.Dialect;
import dev.tunebeam.transforms.normalize.dialect.FieldMapping;
import dev.tunebeam.transforms.normalize.dialect.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

final class EachAnswerTest {

  private static final Lines CHAT = Lines.CHAT.eachAnswer();
  private static final Lines COMPLETION = CHAT.as(Format.COMPLETION);

  private static final String TALK =
      "{'conversations':[{'from':'system','value':'Réponds en français.'},"
          + "{'from':'human','value':'Où est ma commande ?'},{'from':'gpt','value':'En route.'},"
          + "{'from':'human','value':'Quand ?'},{'from':'gpt','value':'Demain.'},"
          + "{'from':'human','value':'Merci'}]}";

  @Test
  void everyAnswerIsLearnedOnceWithTheTurnsBeforeIt() {
    String head =
        "{'messages':[{'role':'system','content':'Réponds en français.'},"
            + "{'role':'user','content':'Où est ma commande ?'},"
            + "{'role':'assistant','content':'En route.'";
    assertEquals(
        List.of(
            head + "}]}",
            head
                + ",'weight':0},{'role':'user','content':'Quand ?'},"
                + "{'role':'assistant','content':'Demain.'}]}"),
        CHAT.of(TALK));
  }

  @Test
  void thePromptOfACompletionHoldsTheTurnsBehindTheNamesOfWhoSpeaks() {
    assertEquals(
        List.of(
            "{'prompt':'Réponds en français.\\n\\nUser: Où est ma commande ?',"
                + "'completion':'En route.'}",
            "{'prompt':'Réponds en français.\\n\\nUser: Où est ma commande ?\\n"
                + "Assistant: En route.\\nUser: Quand ?','completion':'Demain.'}"),
        COMPLETION.of(TALK));
  }

  /** As many examples of as many turns fit into no memory. */
  @Test
  void aConversationOfHundredsOfThousandsOfTurnsIsRefused() {
    String turns =
        "{'role':'user','content':'a'},{'role':'assistant','content':'b'},".repeat(200_000);
    assertEquals(
        List.of(
            "bad_messages: the conversation has 400,000 turns, too many to repeat them for each"
                + " answer; cut it into several"),
        CHAT.of("{'messages':[" + turns.substring(0, turns.length() - 1) + "]}"));
  }

  @Test
  void aConversationAsAWholeEndsWithTheAssistant() {
    assertEquals(
        List.of(
            "bad_messages: the last message is of the role 'user'; a conversation ends with what"
                + " the assistant says; examples: each-answer learns every answer and leaves out the"
                + " rest"),
        Lines.CHAT.of(TALK));
  }

  @Test
  void callsAreAnswersTooAndResultsAreContext() {
    List<String> lines =
        CHAT.of(
            "{'conversations':[{'from':'human','value':'a'},"
                + "{'from':'function_call','value':{'name':'f'}},"
                + "{'from':'observation','value':'1'},{'from':'gpt','value':'b'}]}");
    String call =
        "{'role':'assistant','content':null,'tool_calls':[{'id':'call_1','type':'function',"
            + "'function':{'name':'f','arguments':'{}'}}]";
    assertEquals(
        List.of(
            "{'messages':[{'role':'user','content':'a'}," + call + "}]}",
            "{'messages':[{'role':'user','content':'a'},"
                + call
                + ",'weight':0},{'role':'tool','content':'1','tool_call_id':'call_1'},"
                + "{'role':'assistant','content':'b'}]}"),
        lines);
  }

  @Test
  void oneExampleOfARowIsRejectedWithoutTheOthers() {
    assertEquals(
        List.of(
            "{'prompt':'User: a','completion':'b'}",
            "blank_completion: the last message of the assistant is blank",
            "{'prompt':'User: a\\nAssistant: b\\nUser: c\\nUser: e','completion':'f'}"),
        COMPLETION.of(
            "{'conversations':[{'from':'human','value':'a'},{'from':'gpt','value':'b'},"
                + "{'from':'human','value':'c'},{'from':'gpt','value':''},"
                + "{'from':'human','value':'e'},{'from':'gpt','value':'f'}]}"));
  }

  @Test
  void aGreetingAndAnAnswerOfWeightZeroAreContextAlone() {
    String row =
        "{'messages':[{'role':'assistant','content':'Hello!'},{'role':'user','content':'a'},"
            + "{'role':'assistant','content':'b','weight':0},{'role':'user','content':'c'},"
            + "{'role':'assistant','content':'d','weight':1}]}";
    assertEquals(
        List.of(
            "{'messages':[{'role':'assistant','content':'Hello!','weight':0},"
                + "{'role':'user','content':'a'},"
                + "{'role':'assistant','content':'b','weight':0},{'role':'user','content':'c'},"
                + "{'role':'assistant','content':'d','weight':1}]}"),
        CHAT.of(row));
    assertEquals(
        List.of("bad_messages: no turn of the assistant is an answer that is to be learned"),
        CHAT.of(row.replace("'weight':1", "'weight':0")));
    assertEquals(
        List.of("bad_messages: no turn of the assistant is an answer that is to be learned"),
        CHAT.of("{'messages':[{'role':'user','content':'a'}]}"));
    // Nobody answered what was asked after the greeting.
    assertEquals(
        List.of("bad_messages: no turn of the assistant is an answer that is to be learned"),
        CHAT.of(
            "{'messages':[{'role':'assistant','content':'Hello!'},"
                + "{'role':'user','content':'a'}]}"));
  }

  @Test
  void aPairAndTextWithoutAPromptGiveOneExample() {
    assertEquals(
        List.of("{'prompt':'User: a','completion':'b'}"),
        COMPLETION.of("{'prompt':'a','completion':'b'}"));
    Lines text =
        new Lines(
            Dialect.AUTO,
            FieldMapping.NONE,
            Format.COMPLETION,
            Examples.EACH_ANSWER,
            Task.OPEN_ENDED);
    assertEquals(List.of("{'prompt':'','completion':'b'}"), text.of("{'completion':'b'}"));
    // What the system says is a prompt, if no question.
    assertEquals(
        List.of("{'prompt':'s','completion':'b'}"),
        COMPLETION.of(
            "{'messages':[{'role':'system','content':'s'},"
                + "{'role':'assistant','content':'b'}]}"));
  }

  @Test
  void aPairOfAnswersIsOneExample() {
    assertEquals(
        1, CHAT.as(Format.PREFERENCE).of("{'prompt':'a','chosen':'b','rejected':'c'}").size());
  }

  @Test
  void theClassOfEachExampleIsItsAnswer() {
    Lines lines =
        new Lines(
            Dialect.AUTO,
            FieldMapping.NONE,
            Format.CHAT,
            Examples.EACH_ANSWER,
            Task.CLASSIFICATION);
    Normalizer normalizer =
        new Normalizer(
            Shape.of(Dialect.SHAREGPT, FieldMapping.NONE),
            new Normalizer.Settings(
                lines.task(), lines.format(), lines.examples(), List.of(), TextEdits.NONE));
    List<Example> examples = normalizer.normalize(JsonRow.of(TALK.replace('\'', '"')));
    assertEquals(
        List.of("0 En route.", "1 Demain."),
        examples.stream().map(e -> e.ordinal() + " " + e.className()).toList());
  }

  @Test
  void whatAPromptCannotHoldIsRefused() {
    String row =
        "{'messages':[{'role':'user','content':'a'},%s,{'role':'assistant','content':'b'}]}";
    assertEquals(
        List.of(
            "does_not_fit_format: prompt and completion cannot hold a message with tool_call_id;"
                + " use format: chat"),
        COMPLETION.of(row.formatted("{'role':'tool','content':'x','tool_call_id':'1'}")));
    assertEquals(
        List.of(
            "does_not_fit_format: prompt and completion cannot hold a message in parts; use"
                + " format: chat"),
        COMPLETION.of(row.formatted("{'role':'user','content':[{'type':'text','text':'x'}]}")));
  }
}
