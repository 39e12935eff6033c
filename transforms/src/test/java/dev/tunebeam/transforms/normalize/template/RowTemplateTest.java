package dev.tunebeam.transforms.normalize.template;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tunebeam.transforms.json.JsonNumber;
import dev.tunebeam.transforms.normalize.JsonRow;
import dev.tunebeam.transforms.row.Reason;
import dev.tunebeam.transforms.row.RejectException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RowTemplateTest {

  private static final String ORDER =
      """
      {"Customer": "Ada", "note": "", "paid": true, "gift": false, "nothing": null, "zero": 0,
       "order": {"City": "Paris", "lines": [{"name": "nut", "price": 1.5}, {"name": "bolt"}],
                 "gap": null},
       "tags": ["a", "b"], "none": [], "holes": [null, "x"],
       "blank": " \\n", "web": "\\u00a0\\ufeff", "empty": {},
       "python": "['Lyon', 'Paris']",
       "order.id": "A-1", "First Name": "Ada", "Solved?": "yes"}
      """;

  private static String render(String template) {
    return new RowTemplate("prompt", template).render(JsonRow.fields(ORDER));
  }

  private static RejectException refused(String template) {
    return assertThrows(RejectException.class, () -> render(template));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      emptyValue = "",
      value = {
        "{{Customer}}|Ada",
        "{{customer}} or {{CUSTOMER}}|Ada or Ada",
        "{{First Name}}|Ada",
        "{{order.City}}|Paris",
        "{{order.city}}|Paris",
        "{{ORDER.city}}|Paris",
        "{{order.id}}|A-1",
        "{{order.lines.1.name}}|bolt",
        "{{tags.0}}|a",
        "{{note}}|\"\"",
        "{{paid}}, {{gift}}|true, false",
        "{{order.lines.0.price}}|1.5",
        "{{{Customer}}} {{& Customer}}|Ada Ada",
        "a {{! said aside }}b|a b",
        "no field at all|no field at all",
      })
  void aNameIsTheTextOfItsField(String template, String text) {
    assertEquals(text, render(template));
  }

  @Test
  void aNumberIsItsJsonText() {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (String number : new String[] {"1.0", "1e5", "-0", "12345678901234567890.10"}) {
      fields.put("n", new JsonNumber(number));
      assertEquals(number, new RowTemplate("prompt", "{{n}}").render(fields));
    }
  }

  @Test
  void nothingIsEscapedAndATextIsNoTemplate() {
    Map<String, Object> fields = Map.of("html", "<b>\"R&D\"</b> {{other}}", "other", "no");
    assertEquals("<b>\"R&D\"</b> {{other}}", new RowTemplate("prompt", "{{html}}").render(fields));
  }

  @Test
  void theExactNameWinsOverTheSameNameInAnotherCaseAndThenTheFirst() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("PROMPT", "1");
    fields.put("Prompt", "2");
    fields.put("prompt", "3");
    assertEquals("3", new RowTemplate("prompt", "{{prompt}}").render(fields));
    assertEquals("2", new RowTemplate("prompt", "{{Prompt}}").render(fields));
    assertEquals("1", new RowTemplate("prompt", "{{pROMPT}}").render(fields));
  }

  @Test
  void aMissingFieldRejectsTheRowAndIsNamedWithThoseThatAreThere() {
    RejectException e = refused("{{subject}}: {{Customer}}");
    assertEquals(Reason.MISSING_FIELD, e.reason());
    assertEquals(
        "prompt: the row has no field 'subject', only [Customer, note, paid, gift, nothing, zero,"
            + " order, tags, none, holes, blank, web, empty, python, order.id, First Name, Solved?]; correct"
            + " map.prompt, or write {{subject?}} if it may be missing",
        e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{order.street}}",
        "{{order.lines.7}}",
        "{{order.lines.0.weight}}",
        "{{Customer.name}}",
        "{{nothing.name}}",
        "{{order.city.x}}",
        "{{city}}",
        "{{tags.size}}",
        "{{Customer.length}}",
        "{{#order}}{{street}}{{/order}}",
      })
  void aNestedFieldThatIsMissingRejectsTheRow(String template) {
    assertEquals(Reason.MISSING_FIELD, refused(template).reason());
  }

  @Test
  void aRowOfAThousandFieldsDoesNotFillTheMessage() {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (int i = 0; i < 1_000; i++) {
      fields.put("column " + i, "");
    }
    RejectException e =
        assertThrows(
            RejectException.class, () -> new RowTemplate("prompt", "{{x}}").render(fields));
    assertThat(e.getMessage(), containsString("column 19, …]"));
    assertThat(e.getMessage(), not(containsString("column 20")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{{nothing}}|prompt: the field 'nothing' is null, not a text; write {{nothing?}} if it may be missing",
        "{{order.gap}}|prompt: the field 'gap' is null, not a text; write {{gap?}} if it may be missing",
        "{{tags}}|prompt: the field 'tags' is a list, not a text; name an element, {{tags.0}}, or repeat a section for each, {{#tags}}{{.}}{{/tags}}",
        "{{none}}|prompt: the field 'none' is a list, not a text; name an element, {{none.0}}, or repeat a section for each, {{#none}}{{.}}{{/none}}",
        "{{order}}|prompt: the field 'order' is an object, not a text; name one of its fields, {{order.…}}",
        "{{order?}}|prompt: the field 'order' is an object, not a text; name one of its fields, {{order.…}}",
        "{{#holes}}{{.}}{{/holes}}|prompt: the field 'holes.0' is null, not a text; write {{holes.0?}} if it may be missing",
        "{{#order.lines}}{{.}}{{/order.lines}}|prompt: the field 'lines.0' is an object, not a text; name one of its fields, {{lines.0.…}}",
      })
  void whatIsNoTextRejectsTheRowAndIsNamed(String template, String message) {
    RejectException e = refused(template);
    assertEquals(message, e.getMessage());
    assertEquals(Reason.NOT_TEXT, e.reason());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      emptyValue = "",
      value = {
        "{{customer?}}|Ada",
        "{{absent?}}|\"\"",
        "{{nothing?}}|\"\"",
        "{{order.city?}}|Paris",
        "{{order.street?}}|\"\"",
        "{{order.gap?}}|\"\"",
        "{{absent.deep.deeper?}}|\"\"",
        "{{order.lines.0.name?}}|nut",
        "{{order.lines.9.name?}}|\"\"",
        "{{order.id?}}|A-1",
        "{{Solved?}}|yes",
        "{{paid?}}|true",
      })
  void anOptionalFieldIsItsTextOrNothing(String template, String text) {
    assertEquals(text, render(template));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      emptyValue = "",
      value = {
        "{{#Customer}}Dear {{Customer}}{{/Customer}}|Dear Ada",
        "{{#Customer}}Dear {{.}}{{/Customer}}|Dear Ada",
        "{{#customer}}yes{{/customer}}|yes",
        "{{#absent}}x{{/absent}}{{#nothing}}x{{/nothing}}{{#note}}x{{/note}}|\"\"",
        "{{#gift}}x{{/gift}}{{#none}}x{{/none}}{{#order.gap}}x{{/order.gap}}|\"\"",
        "{{#absent.deep}}x{{/absent.deep}}{{#absent?}}x{{/absent?}}|\"\"",
        "{{#blank}}x{{/blank}}{{#web}}x{{/web}}{{#empty}}x{{/empty}}|\"\"",
        "{{^blank}}a{{/blank}}{{^web}}b{{/web}}{{^empty}}c{{/empty}}|abc",
        "{{#paid}}paid{{/paid}}{{#zero}}, 0 is a number{{/zero}}|paid, 0 is a number",
        "{{^absent}}a{{/absent}}{{^nothing}}b{{/nothing}}{{^note}}c{{/note}}{{^gift}}d{{/gift}}{{^none}}e{{/none}}|abcde",
        "{{^Customer}}x{{/Customer}}{{^order}}x{{/order}}{{^tags}}x{{/tags}}|\"\"",
        "{{#order}}{{City}} to {{Customer}}{{/order}}|Paris to Ada",
        "{{#tags}}[{{.}}]{{/tags}}|[a][b]",
        "{{#order.lines}}{{name}} {{price?}};{{/order.lines}}|nut 1.5;bolt ;",
        "{{#order.lines}}{{name}} for {{customer?}};{{/order.lines}}|nut for Ada;bolt for Ada;",
        "{{#holes}}{{#.}}{{.}}{{/.}}{{/holes}}|x",
      })
  void aSectionIsThereWithItsField(String template, String text) {
    assertEquals(text, render(template));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '"',
      emptyValue = "",
      value = {
        "{{names|lines}} => Zoë/Émile/zora/Ángel/ёж",
        "{{names|sorted}} => Ángel/Émile/Zoë/zora/ёж",
        "{{Names | lines}} => Zoë/Émile/zora/Ángel/ёж",
        "{{entities.text|lines}} => Lyon/Paris",
        "{{entities.text|sorted}} => Lyon/Paris",
        "{{entities.tags?|lines}} => a/b/c",
        "{{note|lines}} => Lyon/Paris",
        "{{none|lines}} => \"\"",
        "{{absent?|lines}} => \"\"",
        "{{nothing?|sorted}} => \"\"",
        "{{#names|lines}}yes{{/names|lines}}{{#none|lines}}no{{/none|lines}} => yes",
        "{{numbers|sorted}} => 1.0/10/2/true",
        "{{broken|lines}} => New York/Nîmes/nîmes",
        "{{signs|lines ;}} => Lyon/Saint Malo/Nice",
        "{{signs|sorted ;}} => Lyon/Nice/Saint Malo",
        "{{bars|lines |}} => b/a",
        "{{names|lines ;}} => Zoë/Émile/zora/Ángel/ёж",
        "{{table|lines}} => Zoé, Ann/Lyon",
        "{{#table|lines}}yes{{/table|lines}}{{^noTable|lines}}none{{/noTable|lines}} => yesnone",
        "{{some.name?|lines}} => Lyon",
        "{{numbers|joined}} => 2, 10, 1.0, true",
        "{{names|joined 、}} => Zoë、Émile、zora、Zoë、Ángel、ёж",
        "{{table|joined}} => Zoé, Ann, Lyon",
        "{{#none|joined}}no{{/none|joined}}{{^none|joined}}none{{/none|joined}} => none",
        "{{plain|joined}} => Red.//Warm; [1]",
        "{{#specs|entries}}{{key}}: {{value|joined}};{{/specs|entries}} => couleur: bleu;poids: 1.5;тип: шарф;",
        "{{#specs|entries}}{{key}}: {{value}};{{/specs|entries}} => couleur: bleu;poids: 1.5;тип: шарф;",
        "{{#specs|entries}}{{#value}}{{key}}={{.}};{{/value}}{{/specs|entries}} => couleur=bleu;poids=1.5;тип=шарф;",
      })
  void listsAndObjectsBecomeTexts(String template, String text) {
    String row =
        """
        {"names": ["Zoë", " Émile ", "zora", "Zoë", "", null, "Ángel", "ёж"], "none": [],
         "entities": [{"text": "Lyon", "tags": ["a", "b"]}, {"text": "Paris", "tags": ["b", "c"]},
                      {"text": "Lyon"}],
         "broken": ["New\\nYork", "Nîmes", "nîmes", "New\\u00a0York", "Ni\\u0302mes", "\\u00a0"],
         "signs": "Lyon; Saint\\nMalo;; Nice;Lyon", "bars": "b|a",
         "plain": " Red.\\n\\nWarm; [1] ",
         "table": "[\\"Zoé, Ann\\", \\"Lyon\\", null]", "noTable": "[]",
         "some": [{"name": "Lyon"}, {"label": "Nice"}, "Brest", {"name": null}],
         "note": "Lyon\\r\\nParis\\n\\nLyon", "nothing": null, "numbers": [2, 10, 1.0, true],
         "specs": {"couleur": "bleu", "poids": 1.5, "vide": "", "rien": null,
                   "blancs": [" ", null, {"a": "\\u00a0"}], "web": "\\u00a0", "тип": "шарф"}}
        """;
    assertEquals(
        text.replace('/', '\n'), new RowTemplate("prompt", template).render(JsonRow.fields(row)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      value = {
        "{{absent|lines}} => MISSING_FIELD prompt: the row has no field 'absent', only",
        "{{nothing|lines}} => NOT_TEXT prompt: the field 'nothing' is null, not a text; write {{nothing?}}",
        "{{order.lines|lines}} => NOT_TEXT prompt: the field 'order.lines.0' is an object, not a text; take one field of each element, {{order.lines.…|lines}}",
        "{{order|sorted}} => NOT_TEXT prompt: the field 'order' is an object, not a text; name one of",
        "{{#tags|entries}}x{{/tags|entries}} => NOT_TEXT prompt: the field 'tags' is not an object, so it has no entries",
        "{{order|joined}} => NOT_TEXT prompt: the field 'order' is an object, not a text; name one of",
        "{{order.lines.price|lines}} => NOT_TEXT prompt: the field 'lines.1' has no field 'price'; write {{lines.price?|…}} if it may be missing",
        "{{tags.name|lines}} => NOT_TEXT prompt: the field 'tags.0' has no field 'name'; write {{tags.name?|…}}",
        "{{python|lines}} => NOT_TEXT prompt: the field 'python' is the repr of a Python list; write it as JSON",
        "{{tags|upper}} => MISSING_FIELD prompt: the row has no field 'tags|upper', only",
      })
  void whatIsNoListOrObjectRejectsTheRow(String template, String beginning) {
    RejectException e = refused(template);
    assertEquals(beginning.substring(0, beginning.indexOf(' ')), e.reason().name());
    assertThat(e.getMessage(), containsString(beginning.substring(beginning.indexOf(' ') + 1)));
  }

  /** A pattern that tried each blank of the run would take minutes here. */
  @Test
  void aLongRunOfBlanksInAnElementStaysAndBreaksOfAllKindsAreOneBlank() {
    String run = "a" + " ".repeat(1_000_000) + "b";
    assertEquals(List.of(run), ListElements.of("names", List.of(run), ""));
    assertEquals(
        List.of("a b c d"),
        ListElements.of("names", List.of("a \r\n\t b\u2028\n\u2028c\u0085 \n d"), ""));
  }

  @Test
  void otherTagsLeaveBracesAsTheyAre() {
    assertEquals("{{x}} Ada", render("{{=<% %>=}}{{x}} <%customer%>"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{{#open}}", "{{/shut}}", "{{open", "{{#a}}{{/b}}", "{{> other}}", "{{<p}}{{/p}}"})
  void whatIsNoTemplateIsRefusedBeforeAnyRow(String template) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> new RowTemplate("system", template));
    assertThat(e.getMessage(), containsString("map.system is not a valid template: "));
  }
}
