package dev.tunebeam.transforms.normalize.dialect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tunebeam.dataset.Format;
import dev.tunebeam.transforms.normalize.JsonRow;
import dev.tunebeam.transforms.row.Row;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ShapeDetectorTest {

  private static DetectedShape detect(Dialect asked, FieldMapping mapping, String... rows) {
    List<Row> read = Stream.of(rows).map(row -> JsonRow.of(row.replace('\'', '"'))).toList();
    return new ShapeDetector(asked, mapping).detect(read);
  }

  private static DetectedShape detect(String... rows) {
    return detect(Dialect.AUTO, FieldMapping.NONE, rows);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{'prompt':'a','completion':'b'}|PROMPT_COMPLETION|COMPLETION|the rows have prompt and completion",
        "{'messages':[{'role':'user','content':'a'}]}|CHAT|CHAT|the rows have messages of role and content",
        "{'messages':[]}|CHAT|CHAT|the rows have messages",
        "{'messages':[{'role':'User','content':'a'}]}|SHAREGPT|CHAT|the rows have messages of turns",
        "{'messages':'[{\\'role\\':\\'user\\',\\'content\\':\\'a\\'}]'}|CHAT|CHAT|the rows have messages of role and content",
        "{'conversations':'[{\\'from\\':\\'human\\',\\'value\\':\\'a\\'}]'}|SHAREGPT|CHAT|the rows have conversations of turns",
        "{'dialog':[{'speaker':'user','text':'a'}]}|SHAREGPT|CHAT|the rows have dialog of turns",
        "{'items':[{'name':'soap','price':'2'}],'prompt':'a','completion':'b'}|PROMPT_COMPLETION|COMPLETION|the rows have prompt and completion; not used: items",
        "{'question':'a','answer':'b','dialog':[{'speaker':'user','text':'a'}]}|PROMPT_COMPLETION|COMPLETION|the rows have question and answer; not used: dialog",
        "{'prompt':[{'role':'user','content':'a'}],'completion':[{'role':'assistant','content':'b'}]}|CHAT|CHAT|the rows have turns in prompt and completion",
        "{'messages':[{'from':'human','value':'a'}]}|SHAREGPT|CHAT|the rows have messages of turns",
        "{'conversations':[{'from':'human','value':'a'}]}|SHAREGPT|CHAT|the rows have conversations of turns",
        "{'conversation':[{'role':'user','content':'a'}]}|SHAREGPT|CHAT|the rows have conversation of turns",
        "{'instruction':'a','input':'','output':'b'}|ALPACA|COMPLETION|the rows have instruction, input and output",
        "{'instruction':'a','output':'b','history':[['c','d']]}|ALPACA|CHAT|the rows have instruction and output",
        "{'instruction':'a','output':'b','system':'s'}|ALPACA|COMPLETION|the rows have instruction and output",
        "{'instruction':'a','output':'b'}|PROMPT_COMPLETION|COMPLETION|the rows have instruction and output",
        "{'input':{'messages':[]},'preferred_output':[],'non_preferred_output':[]}|PREFERENCE|PREFERENCE|the rows have input, preferred_output and non_preferred_output",
        "{'prompt':'a','chosen':'b','rejected':'c'}|PREFERENCE|PREFERENCE|the rows have chosen and rejected",
        "{'messages':[{'role':'user','content':'a'}],'chosen':[],'rejected':[]}|PREFERENCE|PREFERENCE|the rows have chosen and rejected",
        "{'completion':'a'}|PROMPT_COMPLETION|COMPLETION|the rows have completion",
        "{'remark':'a','shelf':'b'}|PROMPT_COMPLETION|COMPLETION|the rows have only remark, shelf",
      })
  void aRowSaysItsDialect(String row, Dialect dialect, Format format, String because) {
    DetectedShape detected = detect(row);
    assertEquals(dialect, detected.shape().dialect());
    assertEquals(format, detected.format());
    assertEquals(because, detected.because());
  }

  @ParameterizedTest
  @CsvSource({
    "question, answer, false",
    "Question, ANSWER, false",
    "instruction, output, false",
    "input, output, false",
    "query, response, false",
    "prompt, response, false",
    "title, body, false",
    "article, summary, false",
    "text, label, true",
    "text, category, true",
    "sentence, sentiment, true",
    "utterance, intent, true",
    "Tweet, Sentiment, true",
    "question, réponse, false",
    "pregunta, respuesta, false",
    "вопрос, ответ, false",
    "Вопрос, Ответ, false",
    "текст, категория, true",
    "问题, 答案, false",
    "文本, 标签, true",
    "texte, cate\u0301gorie, true",
    "article, highlights, false",
    "User, Assistant, false",
    "question, answers, false",
    "problem, solution, false",
    "src, tgt, false",
    "q, a, false",
    "Frage, Antwort, false",
    "domanda, risposta, false",
    "pergunta, resposta, false",
    "質問, 回答, false",
    "질문, 답변, false",
    "Text, Kategorie, true",
  })
  void questionAndAnswerHaveUsualNames(String prompt, String completion, boolean ofClass) {
    DetectedShape detected = detect("{'id':1,'%s':'x','%s':'y'}".formatted(completion, prompt));
    assertEquals(
        Shape.of(
            Dialect.PROMPT_COMPLETION,
            new FieldMapping("{{" + prompt + "}}", "{{" + completion + "}}", null, null)),
        detected.shape());
    assertEquals(
        "the rows have %s and %s; not used: id".formatted(prompt, completion), detected.because());
    assertEquals(ofClass, detected.namesClasses());
  }

  @Test
  void theTextThatAQuestionIsAboutStandsBelowIt() {
    DetectedShape detected =
        detect("{'Context':'c','question':'q','answer':'a'}", "{'question':'q','answer':'a'}");
    assertEquals(
        new FieldMapping(
            "{{question}}{{#Context}}\n{{Context}}{{/Context}}", "{{answer}}", null, null),
        detected.shape().mapping());
    assertEquals("the rows have question, Context and answer", detected.because());
    // What is no text would cost the row.
    assertEquals(
        "the rows have question and answer; not used: context",
        detect("{'context':['c'],'question':'q','answer':'a'}").because());
    assertEquals(
        "the rows have text and label; not used: context",
        detect("{'context':'c','text':'q','label':'a'}").because());
  }

  @Test
  void aSystemMessageBesideAQuestionIsMapped() {
    DetectedShape detected = detect("{'System_Prompt':'s','question':'q','answer':'a','id':'1'}");
    assertEquals(
        new FieldMapping("{{question}}", "{{answer}}", "{{System_Prompt?}}", null),
        detected.shape().mapping());
    assertEquals(
        "the rows have System_Prompt, question and answer; not used: id", detected.because());
  }

  @Test
  void ofSeveralAnswersTheFirstIsLearned() {
    assertEquals(
        "{{answers.text.0}}",
        detect("{'question':'q','answers':{'text':['a','b'],'answer_start':[1,2]}}")
            .shape()
            .mapping()
            .completion());
    assertEquals(
        "{{answers.0}}",
        detect("{'question':'q','answers':['a','b']}").shape().mapping().completion());
  }

  @Test
  void longAnswersAreNoClassesWhateverTheirFieldIsCalled() {
    String row = "{'text':'a','label':'%s'}";
    assertEquals(true, detect(row.formatted("x".repeat(80))).namesClasses());
    assertEquals(false, detect(row.formatted("x".repeat(81))).namesClasses());
    assertEquals(false, detect(row.formatted("x\\ny")).namesClasses());
  }

  @Test
  void oneTextAloneIsWhatIsLearned() {
    assertEquals(
        new FieldMapping(null, "{{text}}", null, null),
        detect("{'text':'a','page':7,'meta':{}}").shape().mapping());
    assertEquals(
        new FieldMapping(null, "{{text}}", null, null),
        detect("{'id':'1','text':'a','url':'b'}").shape().mapping());
    assertEquals(FieldMapping.NONE, detect("{'text':'a','remark':'b'}").shape().mapping());
    assertEquals(FieldMapping.NONE, detect("{'url':'b'}").shape().mapping());
  }

  @Test
  void theDialectOfMostRowsIsThatOfTheFile() {
    String chat = "{'messages':[{'role':'user','content':'a'}]}";
    String pair = "{'prompt':'a','completion':'b'}";
    assertEquals(Dialect.CHAT, detect(chat, pair, chat).shape().dialect());
    assertEquals(Dialect.PROMPT_COMPLETION, detect(chat, pair, pair).shape().dialect());
    assertEquals(Dialect.PROMPT_COMPLETION, detect().shape().dialect());
  }

  @Test
  void whatTheRecipeSaysIsNotConcluded() {
    String alpaca = "{'instruction':'a','input':'','output':'b'}";
    assertEquals(
        new DetectedShape(Shape.of(Dialect.ALPACA, FieldMapping.NONE), "", Format.COMPLETION),
        detect(Dialect.ALPACA, FieldMapping.NONE, "{'messages':[]}"));
    assertEquals(
        new FieldMapping(
            "{{instruction}}{{#input}}\n{{input}}{{/input}}", "{{output}}", null, null),
        detect(Dialect.PROMPT_COMPLETION, FieldMapping.NONE, alpaca).shape().mapping());
    FieldMapping templates = new FieldMapping("{{a}}", null, null, null);
    assertEquals(
        new DetectedShape(Shape.of(Dialect.PROMPT_COMPLETION, templates), "", Format.COMPLETION),
        detect(Dialect.AUTO, templates, alpaca));
    FieldMapping answers =
        new FieldMapping("{{q}}", null, null, null, "good", "bad", null, null, List.of());
    assertEquals(Dialect.PREFERENCE, detect(Dialect.AUTO, answers, alpaca).shape().dialect());
    FieldMapping turns =
        new FieldMapping(null, null, null, null, null, null, "a.t", null, List.of());
    assertEquals(
        Dialect.SHAREGPT,
        detect(Dialect.AUTO, turns, "{'a':{'t':[{'who':'x'}]}}").shape().dialect());
    assertEquals(
        Dialect.CHAT,
        detect(Dialect.AUTO, turns, "{'a':{'t':[{'role':'user'}]}}").shape().dialect());
  }

  @Test
  void templatesGoWithNoOtherDialect() {
    FieldMapping prompt = new FieldMapping("{{a}}", null, null, null);
    FieldMapping completion = new FieldMapping(null, "{{a}}", null, null);
    assertEquals(
        "map.prompt makes examples of dialect: prompt-completion; leave one of the two out",
        assertThrows(IllegalArgumentException.class, () -> detect(Dialect.CHAT, prompt, "{'a':1}"))
            .getMessage());
    assertEquals(
        "map.completion makes examples of dialect: prompt-completion; leave one of the two out",
        assertThrows(
                IllegalArgumentException.class,
                () -> detect(Dialect.PREFERENCE, completion, "{'a':1}"))
            .getMessage());
    FieldMapping fields =
        new FieldMapping(null, null, null, null, null, null, "{{a}} {{b}}", null, List.of());
    assertEquals(
        "map.messages names one field, since it may hold messages; it is not a template: {{a}} {{b}}",
        assertThrows(IllegalArgumentException.class, () -> detect(Dialect.AUTO, fields))
            .getMessage());
  }

  /** To go through all fields for each usual name would take minutes here. */
  @Test
  void aTableOfAHundredThousandColumnsIsLookedAtOnce() {
    String fields =
        IntStream.range(0, 100_000)
            .mapToObj(column -> String.format(Locale.ROOT, "\"column %d\":\"v\"", column))
            .collect(Collectors.joining(",", "{", ",\"Question\":\"a\",\"Answer\":\"b\"}"));
    List<Row> rows = Collections.nCopies(100, JsonRow.of(fields));
    assertEquals(
        "{{Question}}",
        new ShapeDetector(Dialect.AUTO, FieldMapping.NONE).detect(rows).shape().mapping().prompt());
  }
}
