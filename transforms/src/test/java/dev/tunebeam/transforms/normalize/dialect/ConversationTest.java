package dev.tunebeam.transforms.normalize.dialect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tunebeam.transforms.example.Message;
import dev.tunebeam.transforms.normalize.JsonRow;
import dev.tunebeam.transforms.row.Reason;
import dev.tunebeam.transforms.row.RejectException;
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
    return Tools.read(JsonRow.fields(json.replace('\'', '"')));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "\"\"|messages is empty; a conversation needs a turn of the user and one of the assistant",
        "'hello'|message 1 is not an object with role and content",
        "null|message 1 is not an object with role and content",
        "{'content':'a'}|message 1 has no role",
        "{'role':null,'content':'a'}|message 1 has no role",
        "{'role':'user','content':'a'},{'role':'bot','content':'b'}|message 2 has the unknown role 'bot'; known are system, developer, user, assistant, tool; map.roles says what it is: bot=user",
        "{'role':'user','content':'a','date':null}|message 1 has the unknown key 'date'; take it out, or set map.unknownKeys: drop",
        "{'role':'user'}|message 1 (user) has no content",
        "{'role':'user','content':null}|message 1 (user) has no content",
        "{'role':'user','content':null,'refusal':'No.'}|message 1 (user) has no content",
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
        "{'role':'assistant','content':'a','weight':'1'}|message 1 has the weight 1; it is 0 or 1",
        "{'role':'assistant','content':'a','name':7}|message 1 has a name that is not text",
        "{'role':'assistant','refusal':['No.']}|message 1 has a refusal that is not text",
        "{'role':'assistant','audio':{}}|message 1 has an audio without an id",
        "{'role':'system','content':[{'type':'image_url','image_url':{'url':'x'}}]}|message 1 (system) has a content part of the type image_url",
        "{'role':'assistant','content':[{'type':'input_audio'}]}|message 1 (assistant) has a content part of the type input_audio",
        "{'role':'function','name':'f','content':[{'type':'text','text':'a'}]}|message 1 (function) has a content part of the type text",
        "{'role':'user','content':[{'type':'image_url'}]}|message 1 has a content part of the type image_url without its object",
        "{'role':'user','content':[{'type':'image_url','image_url':{}}]}|message 1 has a content part of the type image_url without a url",
        "{'role':'user','content':[{'type':'image_url','image_url':{'url':'x','detail':'much'}}]}|message 1 has a content part of the type image_url with much, not auto or low or high",
        "{'role':'user','content':[{'type':'input_audio','input_audio':{'data':'x'}}]}|message 1 has a content part of the type input_audio without a format",
        "{'role':'user','content':[{'type':'input_audio','input_audio':{'data':'x','format':'ogg'}}]}|message 1 has a content part of the type input_audio with ogg, not wav or mp3",
        "{'role':'assistant','tool_calls':{}}|message 1 has tool_calls that are not a list",
        "{'role':'assistant','tool_calls':[{}]}|message 1 has a tool call without an id or the type function",
        "{'role':'assistant','tool_calls':[{'id':'1','type':'function','function':{'name':'f','arguments':{}}}]}|message 1 has a tool call without the name of a function and its arguments as a text",
        "{'role':'assistant','function_call':{'name':'f'}}|message 1 has a function_call without the name of a function and its arguments as a text",
        "{'role':'tool','content':'a'}|message 1 (tool) has no tool_call_id",
        "{'role':'function','content':'a'}|message 1 (function) has no name",
        "{'role':'user','content':'a'}|no message is of the role 'assistant', so there is nothing to learn",
        "{'role':'assistant','content':'a'},{'role':'user','content':'b'}|the last message is of the role 'user'; a conversation ends with what the assistant says; examples: each-answer learns every answer and leaves out the rest",
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
        "the content of message 1 (user) is not text: " + content.replace('\'', '"'),
        e.getMessage());
    assertEquals(Reason.NOT_TEXT, e.reason());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'role':'assistant','content':null,'tool_calls':[{'id':'1','type':'function','function':{'name':'f','arguments':'{}'}}]}",
        "{'role':'assistant','tool_calls':[{'id':'1','type':'function','function':{'name':'f','arguments':'{}'}}]}",
        "{'role':'assistant','content':null,'function_call':{'name':'f','arguments':'{}'}}",
        "{'role':'user','content':[{'type':'text','text':'a'},"
            + "{'type':'image_url','image_url':{'url':'data:,','detail':'low'}},"
            + "{'type':'input_audio','input_audio':{'data':'','format':'wav'}},"
            + "{'type':'file','file':{'file_id':'f'}}]},"
            + "{'role':'assistant','content':[{'type':'refusal','refusal':'No.'}]}",
        "{'role':'user','content':'a'},{'role':'function','content':null,'name':'f'},"
            + "{'role':'assistant','content':'a'}",
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
        "{tools=[{type=function, function={name=f}}], functions=[{name=f}],"
            + " parallel_tool_calls=true}",
        readTools(
                "{'parallel_tool_calls':true,'functions':[{'name':'f'}],"
                    + "'tools':[{'type':'function','function':{'name':'f'}}],'x':1}")
            .toString());
    assertEquals(Map.of(), readTools("{'parallel_tool_calls':null,'functions':null,'tools':null}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'tools':'[]'}|tools is not a list of definitions",
        "{'functions':{}}|functions is not a list of definitions",
        "{'functions':[]}|functions holds 0 definitions, not 1 to 128",
        "{'functions':[{}]}|function 1 has no function with a name",
        "{'tools':[{}]}|tool 1 is not an object of type function",
        "{'tools':[{'type':'function'}]}|tool 1 has no function with a name",
        "{'tools':[{'type':'function','function':{'name':'f','description':1}}]}|tool 1 (f) has a description that is not text",
        "{'tools':[{'type':'function','function':{'name':'f','parameters':null}}]}|tool 1 (f) has parameters that are not a JSON Schema object",
        "{'tools':[{'type':'function','function':{'name':'f','strict':'yes'}}]}|tool 1 (f) has a strict that is neither true nor false",
        "{'parallel_tool_calls':'yes'}|parallel_tool_calls is \"yes\"; it is true or false",
      })
  void toolsThatAreNoneAreRefused(String json, String complaint) {
    RejectException e = assertThrows(RejectException.class, () -> readTools(json));
    assertEquals(complaint, e.getMessage());
    assertEquals(Reason.BAD_MESSAGES, e.reason());
  }
}
