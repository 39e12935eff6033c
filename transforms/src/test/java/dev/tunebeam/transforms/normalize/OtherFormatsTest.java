package dev.tunebeam.transforms.normalize;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tunebeam.dataset.Format;
import dev.tunebeam.transforms.json.JsonText;
import dev.tunebeam.transforms.normalize.dialect.Dialect;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lines of Alpaca and ShareGPT. */
final class OtherFormatsTest {

  private static final Lines ALPACA = Lines.CHAT.as(Format.ALPACA);
  private static final Lines SHAREGPT = Lines.CHAT.as(Format.SHAREGPT);

  private static final String TALK =
      "{'messages':[{'role':'system','content':'s'},{'role':'user','content':'a'},"
          + "{'role':'assistant','content':'b','weight':1},{'role':'user','content':'c'},"
          + "{'role':'assistant','content':'d'}]}";

  @Test
  void aConversationIsAnInstructionWithItsHistory() {
    assertEquals(
        List.of("{'instruction':'c','input':'','output':'d','system':'s','history':[['a','b']]}"),
        ALPACA.of(TALK));
    assertEquals(
        List.of("{'instruction':'你好','input':'','output':'嗨'}"),
        ALPACA.of("{'prompt':'你好','completion':'嗨'}"));
    assertEquals(
        List.of("{'instruction':'q','input':'','chosen':'x','rejected':'y'}"),
        ALPACA.of("{'prompt':'q','chosen':'x','rejected':'y'}"));
  }

  @Test
  void aConversationIsTurnsWithFromAndValue() {
    assertEquals(
        List.of(
            "{'conversations':[{'from':'system','value':'s'},{'from':'human','value':'a'},"
                + "{'from':'gpt','value':'b'},{'from':'human','value':'c'},"
                + "{'from':'gpt','value':'d'}]}"),
        SHAREGPT.of(TALK));
    assertEquals(
        List.of(
            "{'conversations':[{'from':'human','value':'q'}],"
                + "'chosen':{'from':'gpt','value':'x'},'rejected':{'from':'gpt','value':'y'}}"),
        SHAREGPT.of("{'prompt':'q','chosen':'x','rejected':'y'}"));
  }

  @Test
  void callsAreTurnsAndToolsAreAText() {
    assertEquals(
        List.of(
            "{'conversations':[{'from':'human','value':'a'},"
                + "{'from':'function_call','value':"
                + "'{\\'name\\':\\'f\\',\\'arguments\\':{\\'n\\':1.0}}'},"
                + "{'from':'observation','value':'2'},{'from':'gpt','value':'b'}],"
                + "'tools':'[{\\'name\\':\\'f\\'}]'}"),
        SHAREGPT.of(
            "{'messages':[{'role':'user','content':'a'},{'role':'assistant','tool_calls':["
                + "{'id':'7','type':'function','function':{'name':'f',"
                + "'arguments':'{\\'n\\': 1.0}'}}]},"
                + "{'role':'tool','content':'2','tool_call_id':'7'},"
                + "{'role':'assistant','content':'b'}],"
                + "'tools':[{'type':'function','function':{'name':'f'}}]}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'role':'user','content':'a','name':'Ada'}|a message with name|a message with name",
        "{'role':'user','content':[{'type':'text','text':'a'}]}|a message in parts|a message in parts",
        "{'role':'user','content':'a'},{'role':'assistant','content':'b','weight':0},{'role':'user','content':'c'}|a message with weight|a message with weight",
        "{'role':'user','content':'a'},{'role':'assistant','function_call':{'name':'f','arguments':''}},{'role':'function','name':'f','content':'x'}|a message with function_call|a message with function_call",
        "{'role':'user','content':'a'},{'role':'assistant','content':'b','tool_calls':[{'id':'1','type':'function','function':{'name':'f','arguments':''}}]},{'role':'tool','content':'x','tool_call_id':'1'}|a message with tool_calls|a call and a text in one message",
      })
  void whatTheyCannotHoldIsRefused(String turns, String alpaca, String shareGpt) {
    String row = "{'messages':[%s,{'role':'assistant','content':'z'}]}".formatted(turns);
    assertEquals(
        List.of("does_not_fit_format: Alpaca cannot hold %s; use format: chat".formatted(alpaca)),
        ALPACA.of(row));
    assertEquals(
        List.of(
            "does_not_fit_format: ShareGPT cannot hold %s; use format: chat".formatted(shareGpt)),
        SHAREGPT.of(row));
  }

  @Test
  void alpacaHoldsNeitherToolsNorTurnsOutOfOrder() {
    String row = "{'messages':[%s{'role':'assistant','content':'z'}]%s}";
    assertEquals(
        List.of("does_not_fit_format: Alpaca cannot hold parallel_tool_calls; use format: chat"),
        ALPACA.of(row.formatted("{'role':'user','content':'a'},", ",'parallel_tool_calls':true")));
    assertEquals(
        List.of("does_not_fit_format: ShareGPT cannot hold parallel_tool_calls; use format: chat"),
        SHAREGPT.of(
            row.formatted("{'role':'user','content':'a'},", ",'parallel_tool_calls':true")));
    assertEquals(
        List.of(
            "does_not_fit_format: Alpaca cannot hold a turn of the role user where the other"
                + " speaks; use format: chat"),
        ALPACA.of(
            row.formatted("{'role':'user','content':'a'},{'role':'user','content':'b'},", "")));
    assertEquals(
        List.of("does_not_fit_format: Alpaca cannot hold two answers in a row; use format: chat"),
        ALPACA.of(
            row.formatted(
                "{'role':'user','content':'a'},{'role':'assistant','content':'b'},", "")));
  }

  @Provide
  static Arbitrary<List<Map<String, Object>>> conversations() {
    Arbitrary<String> text =
        Arbitraries.strings().excludeChars('\0').ofMaxLength(9).map(rest -> "a" + rest);
    Arbitrary<List<Map<String, Object>>> exchange =
        Combinators.combine(text, text.list().ofMaxSize(3), text).as(OtherFormatsTest::exchange);
    return exchange
        .list()
        .ofMinSize(1)
        .ofMaxSize(3)
        .map(all -> all.stream().flatMap(List::stream).toList());
  }

  /** A question, calls with their results, and an answer. */
  private static List<Map<String, Object>> exchange(
      String question, List<String> results, String answer) {
    List<Map<String, Object>> turns = new ArrayList<>();
    turns.add(turn("user", question));
    if (!results.isEmpty()) {
      List<Object> calls = new ArrayList<>();
      results.forEach(
          result ->
              calls.add(Map.of("name", "f", "arguments", Map.of("of", question, "for", result))));
      turns.add(turn("call", JsonText.of(calls)));
      results.forEach(result -> turns.add(turn("observation", result)));
    }
    turns.add(turn("assistant", answer));
    return turns;
  }

  private static Map<String, Object> turn(String from, String value) {
    Map<String, Object> turn = new LinkedHashMap<>();
    turn.put("from", from.equals("call") ? "function_call" : from);
    turn.put("value", value);
    return turn;
  }

  @Property(tries = 300)
  void aConversationThatWasWrittenAsShareGptIsReadAsItWas(
      @ForAll("conversations") List<Map<String, Object>> conversation) {
    String row = JsonText.of(Map.of("conversations", conversation));
    // Single quotes are quotes to these rows, and half a surrogate pair is no text.
    String plain = row.replace("'", "").replaceAll("[\\ud800-\\udfff]", "");
    List<String> chat = Lines.CHAT.in(Dialect.SHAREGPT).of(plain);
    List<String> written = SHAREGPT.in(Dialect.SHAREGPT).of(plain);
    assertEquals(1, written.size());
    assertEquals(chat, Lines.CHAT.in(Dialect.SHAREGPT).of(written.get(0)));
  }
}
