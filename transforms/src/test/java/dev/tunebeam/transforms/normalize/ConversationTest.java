package dev.tunebeam.transforms.normalize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tunebeam.transforms.reject.Reason;
import dev.tunebeam.transforms.reject.RejectException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ConversationTest {

  /** Reads messages written with single quotes. */
  private static List<Message> read(String messages) {
    String json = "{\"m\": [%s]}".formatted(messages.replace('\'', '"'));
    if (JsonRow.fields(json).get("m") instanceof List<?> list) {
      return Conversation.read(list);
    }
    throw new AssertionError(json);
  }

  private static Map<String, Object> readTools(String json) {
    return Conversation.readTools(JsonRow.fields(json.replace('\'', '"')));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "\"\"|messages is empty; a conversation needs a turn of the user and one of the assistant",
        "'hello'|message 1 is no object with role and content",
        "null|message 1 is no object with role and content",
        "{'content':'a'}|message 1 has no role",
        "{'role':null,'content':'a'}|message 1 has no role",
        "{'role':'user','content':'a'},{'role':'bot','content':'b'}|message 2 has the unknown role 'bot'; known are system, developer, user, assistant, tool",
        "{'role':'user','content':'a','date':null}|message 1 has the unknown key 'date'; take it out",
        "{'role':'user'}|message 1 (user) has no content",
        "{'role':'user','content':null}|message 1 (user) has no content",
        "{'role':'user','content':null,'tool_calls':[{}]}|message 1 (user) has no content",
        "{'role':'user','content':[]}|message 1 (user) has no content",
        "{'role':'assistant'}|message 1 (assistant) has no content",
        "{'role':'assistant','content':null,'tool_calls':null}|message 1 (assistant) has no content",
        "{'role':'assistant','content':null,'tool_calls':[]}|message 1 (assistant) has no content",
        "{'role':'assistant','content':null,'weight':1}|message 1 (assistant) has no content",
        "{'role':'user','content':['a']}|message 1 has a content part without a type",
        "{'role':'user','content':[null]}|message 1 has a content part without a type",
        "{'role':'user','content':[{'text':'a'}]}|message 1 has a content part without a type",
        "{'role':'user','content':[{'type':'text'}]}|message 1 has a content part of the type text without a text",
        "{'role':'assistant','content':'a','weight':2}|message 1 has the weight 2; it is 0 or 1",
        "{'role':'tool','content':'a'}|message 1 (tool) has no tool_call_id",
        "{'role':'function','content':'a'}|message 1 (function) has no name",
        "{'role':'user','content':'a'}|the last message is of the role 'user'; a conversation ends with what the assistant says",
      })
  void whatTheApiWouldRefuseIsRefusedWithTheNumberOfTheMessage(String messages, String complaint) {
    RejectException e = assertThrows(RejectException.class, () -> read(messages));
    assertEquals(complaint, e.getMessage());
    assertEquals(Reason.BAD_MESSAGES, e.reason());
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "true", "{'a':1}"})
  void aContentThatIsNoTextIsRefused(String content) {
    RejectException e =
        assertThrows(
            RejectException.class, () -> read("{'role':'user','content':%s}".formatted(content)));
    assertEquals(
        "the content of message 1 (user) is no text: " + content.replace('\'', '"'),
        e.getMessage());
    assertEquals(Reason.NOT_TEXT, e.reason());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'role':'assistant','content':null,'tool_calls':[{}]}",
        "{'role':'assistant','tool_calls':[{}]}",
        "{'role':'assistant','content':null,'function_call':{}}",
        "{'role':'assistant','content':null,'refusal':'No.'}",
        "{'role':'assistant','content':null,'audio':{'id':'1'}}",
        "{'role':'assistant','content':'','weight':0}",
        "{'role':'system','content':'a'},{'role':'developer','content':'a'},"
            + "{'role':'tool','content':'a','tool_call_id':'1'},"
            + "{'role':'function','content':'a','name':'f'},{'role':'assistant','content':'a'}",
      })
  void whatTheApiTakesIsRead(String messages) {
    List<Message> turns = read(messages);
    assertEquals(Message.ASSISTANT, turns.get(turns.size() - 1).role());
  }

  @Test
  void aKeyThatIsNullIsAsGoodAsAbsent() {
    assertEquals(
        List.of(new Message("assistant", "a", Map.of())),
        read("{'role':'assistant','content':'a','tool_calls':null,'name':null,'weight':null}"));
  }

  @Test
  void toolsAreReadAndNullIsAsGoodAsAbsent() {
    assertEquals(
        "{tools=[{}], functions=[{}], parallel_tool_calls=true}",
        readTools("{'parallel_tool_calls':true,'functions':[{}],'tools':[{}],'x':1}").toString());
    assertEquals(Map.of(), readTools("{'parallel_tool_calls':null,'functions':null,'tools':null}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'tools':'[]'}|tools is no list of definitions",
        "{'functions':{}}|functions is no list of definitions",
        "{'parallel_tool_calls':'yes'}|parallel_tool_calls is \"yes\"; it is true or false",
      })
  void toolsThatAreNoneAreRefused(String json, String complaint) {
    RejectException e = assertThrows(RejectException.class, () -> readTools(json));
    assertEquals(complaint, e.getMessage());
    assertEquals(Reason.BAD_MESSAGES, e.reason());
  }
}
