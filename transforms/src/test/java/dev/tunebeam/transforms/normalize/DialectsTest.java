package dev.tunebeam.transforms.normalize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tunebeam.dataset.Format;
import dev.tunebeam.transforms.example.Example;
import dev.tunebeam.transforms.example.Task;
import dev.tunebeam.transforms.normalize.dialect.Dialect;
import dev.tunebeam.transforms.normalize.dialect.FieldMapping;
import dev.tunebeam.transforms.normalize.dialect.Shape;
import dev.tunebeam.transforms.normalize.dialect.ShapeDetector;
import dev.tunebeam.transforms.row.RejectException;
import dev.tunebeam.transforms.row.Row;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows of each dialect as the lines that they become. */
final class DialectsTest {

  private static final Lines CHAT = Lines.CHAT;
  private static final Lines COMPLETION = CHAT.as(Format.COMPLETION);
  private static final Lines PREFERENCE = CHAT.as(Format.PREFERENCE);

  private static FieldMapping map(String messages, String tools, String... roles) {
    return new FieldMapping(null, null, null, null, null, null, messages, tools, List.of(roles));
  }

  // Alpaca.

  @Test
  void theInputOfAlpacaStandsBelowItsInstruction() {
    assertEquals(
        List.of("{'prompt':'Traduis.\\nBonjour','completion':'Hello'}"),
        COMPLETION.of("{'instruction':'Traduis.','input':'Bonjour ','output':' Hello '}"));
    for (String none : List.of("'input':''", "'input':null", "'history':[]")) {
      assertEquals(
          List.of("{'prompt':'翻译','completion':'好'}"),
          COMPLETION.of("{'instruction':'翻译','output':'好',%s}".formatted(none)));
    }
  }

  @Test
  void theHistoryOfAlpacaStandsBeforeItsQuestionAndTheSystemBeforeAll() {
    String row =
        "{'instruction':'c','input':'','output':'d','system':'s','history':[['a','b'],['a2','b2']]}";
    String line =
        "{'messages':[{'role':'system','content':'s'},{'role':'user','content':'a'},"
            + "{'role':'assistant','content':'b'},{'role':'user','content':'a2'},"
            + "{'role':'assistant','content':'b2'},{'role':'user','content':'c'},"
            + "{'role':'assistant','content':'d'}]}";
    assertEquals(List.of(line), CHAT.of(row));
    // In a CSV file it is a text.
    assertEquals(
        List.of(line),
        CHAT.in(Dialect.ALPACA)
            .of(
                row.replace(
                    "[['a','b'],['a2','b2']]", "'[[\\'a\\',\\'b\\'],[\\'a2\\',\\'b2\\']]'")));
    assertEquals(
        List.of(
            "does_not_fit_format: prompt and completion cannot hold several answers; use"
                + " format: chat"),
        COMPLETION.of(row));
  }

  @ParameterizedTest
  @ValueSource(strings = {"'x'", "{}", "7"})
  void aHistoryThatIsNoneIsRefused(String history) {
    assertEquals(
        List.of(
            "bad_messages: history is not a list of questions and answers: [['question',"
                + " 'answer'], …]"),
        CHAT
            .in(Dialect.ALPACA)
            .of("{'instruction':'a','output':'b','history':%s}".formatted(history))
            .stream()
            .map(text -> text.replace('"', '\''))
            .toList());
  }

  @Test
  void aRoundOfTheHistoryIsAQuestionAndAnAnswer() {
    for (String round : List.of("'a'", "['a']", "['a',null]", "['a','b','c']")) {
      assertEquals(
          List.of(
              "bad_messages: history holds an element 2 that is not a question with its answer:"
                  + " [['question', 'answer'], …]"),
          CHAT
              .of("{'instruction':'a','output':'b','history':[['q','r'],%s]}".formatted(round))
              .stream()
              .map(text -> text.replace('"', '\''))
              .toList());
    }
  }

  // ShareGPT.

  @Test
  void shareGptBecomesChatWithItsToolsAndCalls() {
    assertEquals(
        List.of(
            "{'messages':[{'role':'system','content':'Sois bref.'},"
                + "{'role':'user','content':'Météo à Paris ?'},"
                + "{'role':'assistant','content':null,'tool_calls':[{'id':'call_1',"
                + "'type':'function','function':{'name':'weather',"
                + "'arguments':'{\\'city\\':\\'Paris\\',\\'days\\':1.50}'}}]},"
                + "{'role':'tool','content':'{\\'t\\': 9}','tool_call_id':'call_1'},"
                + "{'role':'assistant','content':'9 °C'}],"
                + "'tools':[{'type':'function','function':{'name':'weather','parameters':{}}}]}"),
        CHAT.of(
            "{'conversations':[{'from':'system','value':'Sois bref.'},"
                + "{'from':'human','value':'Météo à Paris ?','markdown':null},"
                + "{'from':'function_call','value':'{\\'name\\':\\'weather\\',"
                + "\\'arguments\\':{\\'city\\': \\'Paris\\', \\'days\\': 1.50}}'},"
                + "{'from':'observation','value':'{\\'t\\': 9}'},"
                + "{'from':'gpt','value':'9 °C'}],"
                + "'tools':'[{\\'name\\':\\'weather\\',\\'parameters\\':{}}]','id':'x'}"));
  }

  @Test
  void severalCallsAreOneMessageAndEachHasItsResult() {
    String head =
        "{'messages':[{'role':'user','content':'a'},{'role':'assistant','content':null,"
            + "'tool_calls':[{'id':'call_1','type':'function','function':{'name':'f',"
            + "'arguments':'{}'}},{'id':'call_2','type':'function','function':{'name':'g',"
            + "'arguments':'x'}}]},{'role':'tool','content':'1','tool_call_id':'call_1'},"
            + "{'role':'tool','content':'two','tool_call_id':'call_2'},"
            + "{'role':'assistant','content':'b'}]}";
    String calls = "[{\\'name\\':\\'f\\'},{\\'name\\':\\'g\\',\\'arguments\\':\\'x\\'}]";
    String row = "{'conversations':[{'from':'human','value':'a'},%s,{'from':'gpt','value':'b'}]}";
    String both = "{'from':'function_call','value':'%s'}".formatted(calls);
    String each =
        "{'from':'function_call','value':'{\\'name\\':\\'f\\'}'},"
            + "{'from':'function_call','value':{'name':'g','arguments':'x'}}";
    String results = "{'from':'observation','value':'[1,\\'two\\']'}";
    String apart = "{'from':'observation','value':'1'},{'from':'tool','value':'two'}";
    for (String turns : List.of(both + "," + results, both + "," + apart, each + "," + apart)) {
      assertEquals(List.of(head), CHAT.of(row.formatted(turns)), turns);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'from':'human'}|turn 1 has no value, only [from]",
        "{'value':'x'}|turn 1 has no from, only [value]",
        "'x'|turn 1 is not an object with from and value",
        "{'from':'narrator','value':'x'}|turn 1 has the unknown role 'narrator'; map.roles says what it is: narrator=user",
        "{'from':'observation','value':'x'}|turn 1 is an observation, but no function_call stands before it",
        "{'from':'function_call','value':'weather()'}|turn 1 is a function_call, but no JSON object with name and arguments",
        "{'from':'function_call','value':'{}'}|turn 1 is a function_call, but no JSON object with name and arguments",
        "{'from':'function_call','value':'{\\'name\\':\\'f\\'}'}|turn 1 has 1 calls, but 0 observations follow",
        "{'from':'function_call','value':'[{\\'name\\':\\'f\\'},{\\'name\\':\\'f\\'}]'},{'from':'tool','value':'x'}|turn 1 has 2 calls, but 1 observations follow",
        "{'from':'human','value':null}|message 1 (user) has no content",
      })
  void aTurnThatIsNoneIsRefusedWithItsNumber(String turn, String message) {
    assertEquals(
        List.of("bad_messages: " + message),
        CHAT.in(Dialect.SHAREGPT)
            .of("{'conversations':[%s,{'from':'gpt','value':'b'}]}".formatted(turn)));
  }

  @Test
  void theFieldSystemOpensAConversationThatHasNone() {
    assertEquals(
        List.of(
            "{'messages':[{'role':'system','content':'Будь краток.'},"
                + "{'role':'user','content':'a'},{'role':'assistant','content':'b'}]}"),
        CHAT.of(
            "{'system':'Будь краток.','conversations':[{'from':'human','value':'a'},"
                + "{'from':'gpt','value':'b'}]}"));
  }

  @Test
  void turnsMayBeCalledAndNestedOtherwise() {
    assertEquals(
        List.of(
            "{'messages':[{'role':'user','content':'¿Dónde está?'},"
                + "{'role':'assistant','content':'En camino.'}],"
                + "'tools':[{'type':'function','function':{'name':'f'}}]}"),
        CHAT.with(map("{{talk.turns}}", "talk.tools", "conseiller=assistant", "Client.e=user"))
            .of(
                "{'talk':{'turns':[{'speaker':'client.e','text':'¿Dónde está?'},"
                    + "{'speaker':'Conseiller','text':'En camino.'}],'tools':[{'name':'f'}]}}"));
    assertEquals(
        "map.roles holds \"agent\"; write the role of the data and what it is: agent=assistant",
        assertThrows(
                IllegalArgumentException.class,
                () -> CHAT.with(map("t", "u", "agent")).of("{'t':[{'role':'agent'}]}"))
            .getMessage());
  }

  @Test
  void aRowWithoutTurnsIsNamedAsThat() {
    assertEquals(
        List.of(
            "missing_field: the row has no conversations; name the field with the turns in"
                + " map.messages, or set another dialect"),
        CHAT.in(Dialect.SHAREGPT).of("{'a':'b'}"));
    assertEquals(
        List.of("bad_messages: conversations is not a list of objects with role and content"),
        CHAT.in(Dialect.SHAREGPT).of("{'conversations':'b'}"));
    assertEquals(
        List.of("bad_messages: tools is a text, but no JSON list"),
        CHAT.of("{'conversations':[{'from':'gpt','value':'b'}],'tools':'f()'}"));
  }

  // Chat.

  @Test
  void aDeveloperIsTheSystemToTrainingLines() {
    assertEquals(
        List.of(
            "{'messages':[{'role':'system','content':'d'},{'role':'user','content':'a'},"
                + "{'role':'assistant','content':'b'}]}"),
        CHAT.of(
            "{'messages':[{'role':'developer','content':'d'},{'role':'user','content':'a'},"
                + "{'role':'assistant','content':'b'}]}"));
  }

  @Test
  void aFewRowsOfPairsAmongChatAndOfChatAmongPairsAreTakenAsWhatTheyAre() {
    String chat = "{'messages':[{'role':'user','content':'a'},{'role':'assistant','content':'b'}]}";
    String pair = "{'prompt':'a','completion':'b'}";
    assertEquals(List.of(chat), CHAT.in(Dialect.CHAT).of(pair));
    assertEquals(List.of(chat), CHAT.in(Dialect.PROMPT_COMPLETION).of(chat));
  }

  // Preference.

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'input':{'messages':[{'role':'user','content':'q'}]},'preferred_output':[{'role':'assistant','content':'x'}],'non_preferred_output':[{'role':'assistant','content':'y'}]}",
        "{'prompt':' q ','chosen':'x ','rejected':' y'}",
        "{'question':'q','chosen':'x','rejected':'y','score':3}",
        "{'instruction':'q','input':'','chosen':'x','rejected':'y'}",
        "{'prompt':[{'role':'user','content':'q'}],'chosen':[{'role':'assistant','content':'x'}],'rejected':[{'role':'assistant','content':'y'}]}",
        "{'prompt':[{'role':'user','content':'q'}],'chosen':[{'role':'user','content':'q'},{'role':'assistant','content':'x'}],'rejected':[{'role':'user','content':'q'},{'role':'assistant','content':'y'}]}",
        "{'chosen':[{'role':'user','content':'q'},{'role':'assistant','content':'x'}],'rejected':[{'role':'user','content':'q'},{'role':'assistant','content':'y'}]}",
        "{'prompt':'q','messages':[{'role':'user','content':'q'},{'role':'assistant','content':'x'}],'chosen':[{'role':'user','content':'q'},{'role':'assistant','content':'x'}],'rejected':[{'role':'user','content':'q'},{'role':'assistant','content':'y'}]}",
        "{'conversations':[{'from':'human','value':'q'}],'chosen':{'from':'gpt','value':'x'},'rejected':{'from':'gpt','value':'y'}}",
        "{'messages':[{'role':'user','content':'q'}],'chosen':{'role':'assistant','content':'x'},'rejected':{'role':'assistant','content':'y'}}",
        "{'chosen':'\\n\\nHuman: q\\n\\nAssistant: x','rejected':'\\n\\nHuman: q\\n\\nAssistant: y'}",
        "{'prompt':'q','chosen':'q\\nx','rejected':'q\\ny'}",
      })
  void twoAnswersAreAPairHoweverTheyAreWritten(String row) {
    assertEquals(
        List.of(
            "{'input':{'messages':[{'role':'user','content':'q'}]},"
                + "'preferred_output':[{'role':'assistant','content':'x'}],"
                + "'non_preferred_output':[{'role':'assistant','content':'y'}]}"),
        PREFERENCE.of(row));
  }

  @Test
  void theTurnsThatBothAnswersShareAreTheContext() {
    assertEquals(
        List.of(
            "{'input':{'messages':[{'role':'system','content':'s'},{'role':'user','content':'a'},"
                + "{'role':'assistant','content':'b'},{'role':'user','content':'c'}],"
                + "'tools':[{'type':'function','function':{'name':'f'}}],"
                + "'parallel_tool_calls':false},"
                + "'preferred_output':[{'role':'assistant','content':'x'}],"
                + "'non_preferred_output':[{'role':'assistant','content':'y'}]}"),
        PREFERENCE.of(
            ("{'system':'s','tools':[{'name':'f'}],'parallel_tool_calls':false,"
                    + "'prompt':[{'role':'user','content':'a'}],"
                    + "'chosen':[H,{'role':'assistant','content':'x'}],"
                    + "'rejected':[H,{'role':'assistant','content':'y'}]}")
                .replace(
                    "H",
                    "{'role':'user','content':'a'},{'role':'assistant','content':'b'},"
                        + "{'role':'user','content':'c'}")));
  }

  @Test
  void theFieldsOfAPairMayBeCalledOtherwise() {
    FieldMapping mapping =
        new FieldMapping(
            "{{ask}}?", null, "s", null, "good.text", "{{bad}}", null, null, List.of());
    assertEquals(
        List.of(
            "{'input':{'messages':[{'role':'system','content':'s'},"
                + "{'role':'user','content':'q?'}]},"
                + "'preferred_output':[{'role':'assistant','content':'x'}],"
                + "'non_preferred_output':[{'role':'assistant','content':'y'}]}"),
        PREFERENCE.with(mapping).of("{'ask':'q','good':{'text':'x'},'bad':'y'}"));
    assertEquals(
        List.of("missing_field: the row has no answer bad; name its field in map.rejected"),
        PREFERENCE.with(mapping).of("{'ask':'q','good':{'text':'x'}}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'prompt':'q','chosen':'x'}|missing_field: the row has no answer rejected or non_preferred_output; name its field in map.rejected",
        "{'prompt':'q','chosen':7,'rejected':'y'}|not_text: chosen is neither a text nor a message: 7",
        "{'prompt':'q','chosen':'x','rejected':' x'}|no_preference: both answers are the same, so none is preferred",
        "{'prompt':'q','chosen':'','rejected':'x'}|blank_completion: the last message of the assistant is blank",
        "{'prompt':'q','chosen':'x','rejected':' '}|blank_completion: the answer that is not preferred is blank",
        "{'prompt':' ','chosen':'x','rejected':'y'}|blank_prompt: a pair of answers needs the question that both of them answer; name it in map.prompt: \"{{question}}\"",
        "{'chosen':'x','rejected':'y'}|blank_prompt: a pair of answers needs the question that both of them answer; name it in map.prompt: \"{{question}}\"",
        "{'prompt':'q','chosen':{'role':'user','content':'x'},'rejected':'y'}|bad_messages: chosen ends with the role 'user'; it is what the assistant says",
        "{'chosen':[{'role':'user','content':'a'},{'role':'assistant','content':'x'}],'rejected':[{'role':'user','content':'b'},{'role':'assistant','content':'y'}]}|bad_messages: chosen and rejected differ in more than the last message; a pair is two answers to the same turns",
        "{'prompt':'q','chosen':[],'rejected':'y'}|bad_messages: messages is empty; a conversation needs a turn of the user and one of the assistant",
      })
  void aPairThatIsNoneIsRefused(String row, String complaint) {
    assertEquals(List.of(complaint), PREFERENCE.in(Dialect.PREFERENCE).of(row));
  }

  @Test
  void shortAnswersThatHappenToBeginWithTheQuestionStayWholeInAFileOfOthers() {
    Shape shape = Shape.of(Dialect.PREFERENCE, FieldMapping.NONE);
    Normalizer normalizer =
        new Normalizer(
            shape,
            new Normalizer.Settings(
                Task.GENERATION, Format.PREFERENCE, Examples.WHOLE, List.of(), TextEdits.NONE));
    Example example =
        normalizer
            .normalize(
                JsonRow.of("{\"prompt\":\"Hi\",\"chosen\":\"Hi there\",\"rejected\":\"High\"}"))
            .get(0);
    assertEquals("Hi there", example.answer().text());
  }

  @Test
  void aSystemMessageMayStandBesideQuestionAndTurns() {
    String turns = "{'role':'user','content':'q'},{'role':'assistant','content':'a'}";
    List<String> line =
        List.of("{'messages':[{'role':'system','content':'Be brief.'},%s]}".formatted(turns));
    for (String name : List.of("system", "system_prompt", "System_Message")) {
      String system = "'%s':'Be brief.'".formatted(name);
      assertEquals(line, CHAT.of("{%s,'messages':[%s]}".formatted(system, turns)));
      assertEquals(
          line,
          CHAT.of(
              "{%s,'conversations':[{'from':'human','value':'q'},{'from':'gpt','value':'a'}]}"
                  .formatted(system)));
      assertEquals(line, CHAT.of("{%s,'question':'q','answer':'a'}".formatted(system)));
      assertEquals(line, CHAT.of("{%s,'prompt':'q','completion':'a'}".formatted(system)));
    }
    assertEquals(line, CHAT.of(line.get(0).replace("]}", "],'system':'another'}")));
    FieldMapping mapped = new FieldMapping(null, null, "Be brief.", null);
    assertEquals(
        line, CHAT.with(mapped).of("{'system':'another','messages':[%s]}".formatted(turns)));
    assertEquals(line, CHAT.with(mapped).of("{'system':'another','question':'q','answer':'a'}"));
    // What a recipe's templates do not name is in no example.
    assertEquals(
        List.of("{'messages':[%s]}".formatted(turns)),
        CHAT.with(new FieldMapping("{{question}}", "{{answer}}", null, null))
            .of("{'system':'another','question':'q','answer':'a'}"));
  }

  // What stands in tables.

  private static String text(String json) {
    return "'" + json.replace("'", "\\'") + "'";
  }

  @Test
  void turnsMayBeTheJsonTextOfAList() {
    String user = "{'role':'user','content':'q'}";
    String good = "{'role':'assistant','content':'a'}";
    String bad = "{'role':'assistant','content':'b'}";
    List<String> chat = List.of("{'messages':[%s,%s]}".formatted(user, good));
    String list = "[%s,%s]".formatted(user, good);
    assertEquals(chat, CHAT.of("{'messages':%s,'tools':'[]'}".formatted(text(list))));
    assertEquals(chat, CHAT.of("{'conversations':%s}".formatted(text(list))));
    assertEquals(chat, CHAT.of("{'prompt':[%s],'completion':[%s]}".formatted(user, good)));
    assertEquals(chat, CHAT.of("{'dialog':%s}".formatted(list)));
    String pair =
        "{'input':{'messages':[%s]},'preferred_output':[%s],'non_preferred_output':[%s]}"
            .formatted(user, good, bad);
    assertEquals(
        List.of(pair),
        PREFERENCE.of(
            "{'prompt':'q','chosen':%s,'rejected':%s}"
                .formatted(text(list), text("[%s,%s]".formatted(user, bad)))));
    assertEquals(
        List.of(pair),
        PREFERENCE.of(
            "{'prompt':%s,'chosen':'a','rejected':'b'}".formatted(text("[%s]".formatted(user)))));
    // A list of anything else is an answer like any other.
    assertEquals(
        List.of(
            "{'input':{'messages':[%s]},'preferred_output':[{'role':'assistant','content':'[1]'}],"
                    .formatted(user)
                + "'non_preferred_output':[{'role':'assistant','content':'[{}]'}]}"),
        PREFERENCE.of("{'prompt':'q','chosen':'[1]','rejected':'[{}]'}"));
  }

  @Test
  void turnsAsPythonPrintsThemAreRefusedAndNotTakenForAText() {
    Row row =
        JsonRow.of(
            "{\"prompt\":\"q\",\"chosen\":\"[{'role': 'user', 'content': 'q'}]\",\"rejected\":\"b\"}");
    Normalizer normalizer =
        new Normalizer(
            Shape.of(Dialect.PREFERENCE, FieldMapping.NONE),
            new Normalizer.Settings(
                Task.GENERATION, Format.PREFERENCE, Examples.WHOLE, List.of(), TextEdits.NONE));
    assertEquals(
        "the list of turns is the repr of a Python list, not JSON; write it with"
            + " json.dumps, or the rows as JSONL",
        assertThrows(RejectException.class, () -> normalizer.normalize(row)).getMessage());
    assertEquals(
        Dialect.SHAREGPT,
        new ShapeDetector(Dialect.AUTO, FieldMapping.NONE)
            .detect(List.of(JsonRow.of("{\"messages\":\"[{'role': 'user'}]\"}")))
            .shape()
            .dialect());
  }

  @Test
  void wholeWeightsWithDecimalsAndEmptyListsOfCallsAreWhatTablesMakeOfThem() {
    assertEquals(
        List.of(
            "{'messages':[{'role':'user','content':'q'},"
                + "{'role':'assistant','content':'a','weight':1}]}"),
        CHAT.of(
            "{'messages':[{'role':'user','content':'q','tool_calls':[]},"
                + "{'role':'assistant','content':'a','weight':1.0}],'tools':[]}"));
  }

  // What a format cannot hold.

  @Test
  void onePairIsNoLineOfAnotherFormatAndOneAnswerNoPair() {
    String pair = "{'prompt':'q','chosen':'x','rejected':'y'}";
    assertEquals(
        List.of("does_not_fit_format: messages cannot hold two answers; use format: preference"),
        CHAT.of(pair));
    assertEquals(
        List.of(
            "does_not_fit_format: prompt and completion cannot hold two answers; use format:"
                + " preference"),
        COMPLETION.of(pair));
    assertEquals(
        List.of(
            "does_not_fit_format: a preference line is two answers, and this row has one; use"
                + " format: chat"),
        PREFERENCE.of("{'prompt':'q','completion':'x'}"));
  }
}
