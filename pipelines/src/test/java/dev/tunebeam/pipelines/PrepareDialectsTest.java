package dev.tunebeam.pipelines;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tunebeam.dataset.Format;
import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.pipelines.Workbench.Finished;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows of all dialects through the whole job. */
class PrepareDialectsTest {

  private static final String ALPACA =
      """
      {"instruction":"Traduis en espagnol.","input":"Bonjour","output":"Hola"}
      {"instruction":"Nomme un fleuve.","input":"","output":"La Seine"}""";

  private static final String SHAREGPT =
      """
      {"conversations":[{"from":"human","value":"Где мой заказ?"},{"from":"gpt","value":"В пути."},{"from":"human","value":"Когда?"},{"from":"gpt","value":"Завтра."}]}
      {"conversations":[{"from":"human","value":"天气？"},{"from":"function_call","value":"{\\"name\\":\\"天气\\",\\"arguments\\":{}}"},{"from":"observation","value":"晴"},{"from":"gpt","value":"晴天。"}],"tools":"[{\\"name\\":\\"天气\\"}]"}""";

  private static final String CHAT =
      """
      {"messages":[{"role":"developer","content":"Sé breve."},{"role":"user","content":[{"type":"text","text":"¿Qué ves?"},{"type":"image_url","image_url":{"url":"https://a/b.png"}}],"name":"ana"},{"role":"assistant","content":"Un gato.","weight":0},{"role":"user","content":"¿Y ahora?"},{"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function","function":{"name":"mirar","arguments":"{}"}}]},{"role":"tool","content":"perro","tool_call_id":"c1"},{"role":"assistant","content":"Un perro."}],"tools":[{"type":"function","function":{"name":"mirar"}}],"parallel_tool_calls":false}
      {"messages":[{"role":"user","content":"a"},{"role":"assistant","function_call":{"name":"f","arguments":""}},{"role":"function","name":"f","content":null},{"role":"assistant","content":"b"}],"functions":[{"name":"f"}]}""";

  private static final String PAIRS =
      """
      {"question":"Wie spät?","answer":"Zehn Uhr."}
      {"question":"何時？","answer":"十時。"}""";

  private static final String PREFERENCE =
      """
      {"prompt":"Привет","chosen":"Здравствуйте!","rejected":"Чего?"}
      {"prompt":"你好","chosen":"您好！","rejected":"嗯"}""";

  private final Workbench bench;

  PrepareDialectsTest(@TempDir Path folder) throws IOException {
    bench = new Workbench(folder);
    bench.write("alpaca.jsonl", ALPACA);
    bench.write("sharegpt.jsonl", SHAREGPT);
    bench.write("chat.jsonl", CHAT);
    bench.write("pairs.jsonl", PAIRS);
  }

  private Finished prepare(String... flags) {
    List<String> all = new ArrayList<>(List.of(flags));
    all.add("--overwrite");
    all.add("--validation=0");
    all.add("--model=gpt-4o");
    all.add("--maxRejected=0.9");
    Finished finished = bench.prepare(all.toArray(String[]::new));
    assertThat(finished.err(), finished.code(), equalTo(ExitCode.SUCCEEDED));
    return finished;
  }

  /** The funnel as the manifest has it: nothing is lost. */
  private List<Integer> rows() throws IOException {
    JsonNode rows = bench.manifest().get("rows");
    return List.of(
        rows.get("read").asInt(),
        rows.at("/rejected/total").asInt(),
        rows.get("duplicates").asInt(),
        rows.get("train").asInt());
  }

  @Test
  void eachFileOfAGlobHasItsOwnDialectAndAllBecomeChat() throws IOException {
    Finished finished = prepare("--input=" + bench.path("*.jsonl"));
    assertThat(rows(), equalTo(List.of(8, 0, 0, 8)));
    TrainingLines.assertValid(Format.CHAT, bench.examples());
    assertThat(
        bench.manifest().at("/inferred/dialect").asText().replaceAll("[^ (]*/", ""),
        equalTo(
            "alpaca: the rows have instruction, input and output (alpaca.jsonl);"
                + " chat: the rows have messages of role and content (chat.jsonl);"
                + " prompt-completion: the rows have question and answer (pairs.jsonl);"
                + " sharegpt: the rows have conversations of turns (sharegpt.jsonl)"));
    assertThat(
        bench.manifest().at("/inferred/map.prompt").asText().replaceAll("[^ (]*/", ""),
        equalTo("{{question}}: a common name for the prompt (pairs.jsonl)"));
    assertThat(bench.manifest().at("/recipe").has("dialect"), equalTo(false));
    assertThat(finished.out(), containsString("  dialect         alpaca: the rows have"));
    assertThat(
        bench.examples(),
        org.hamcrest.Matchers.hasItem(
            "{\"messages\":[{\"role\":\"user\",\"content\":\"Wie spät?\"},"
                + "{\"role\":\"assistant\",\"content\":\"Zehn Uhr.\"}]}"));
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void whatAFormatCannotHoldIsRejectedWithThatReasonAndAllElseIsWritten(Format format)
      throws IOException {
    bench.write("preference.jsonl", PREFERENCE);
    prepare("--input=" + bench.path("*.jsonl"), "--format=" + format);
    List<Integer> rows = rows();
    assertThat(rows.get(0), equalTo(10));
    assertThat(rows.get(0), equalTo(rows.get(1) + rows.get(2) + rows.get(3)));
    int written =
        switch (format) {
          case COMPLETION -> 4;
          case CHAT -> 8;
          case PREFERENCE -> 2;
          case ALPACA -> 7;
          case SHAREGPT -> 8;
        };
    assertThat(rows.get(3), equalTo(written));
    assertThat(
        bench.manifest().at("/rows/rejected/byReason").toString(),
        equalTo(String.format(Locale.ROOT, "{\"does_not_fit_format\":%d}", 10 - written)));
    if (format.isUploaded()) {
      TrainingLines.assertValid(format, bench.examples());
    }
  }

  @Test
  void pairsOfAnswersBecomePreferenceWithoutARecipe() throws IOException {
    bench.write("preference.jsonl", PREFERENCE);
    prepare("--input=" + bench.path("preference.jsonl"));
    assertThat(rows(), equalTo(List.of(2, 0, 0, 2)));
    TrainingLines.assertValid(Format.PREFERENCE, bench.examples());
    assertThat(
        bench.manifest().get("inferred").toString(),
        equalTo(
            "{\"dialect\":\"preference: the rows have chosen and rejected\","
                + "\"format\":\"preference: the rows have two answers\","
                + "\"task\":\"generation: 2 answers of 2 are longer than a class name, by the first rows\"}"));
    assertThat(
        bench.manifest().get("warnings").toString(),
        equalTo("[\"only 2 examples; the APIs refuse fewer than 10\"]"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"chat", "completion"})
  void aConversationGivesAnExampleForEachAnswerAndTheFunnelCountsExamples(String format)
      throws IOException {
    bench.write(
        "talks.jsonl",
        """
        {"summary":"Un colis perdu","talk":[{"speaker":"conseillère","text":"Bonjour !"},{"speaker":"cliente","text":"Où est mon colis ?"},{"speaker":"conseillère","text":"À Lyon."},{"speaker":"cliente","text":"Quand arrive-t-il ?"},{"speaker":"conseillère","text":"Demain."}]}
        {"summary":"Un colis perdu","talk":[{"speaker":"cliente","text":"Où est mon colis ?"},{"speaker":"conseillère","text":"À Nice."},{"speaker":"cliente","text":"Merci"},{"speaker":"conseillère","text":" "}]}
        {"summary":"Un colis perdu","talk":[{"speaker":"cliente","text":"Où est mon colis ?"},{"speaker":"conseillère","text":"À Nice."}]}
        {"summary":"","talk":[{"speaker":"robot","text":"?"}]}""");
    bench.write(
        "recipe.yaml",
        "input: talks.jsonl",
        "map:",
        "  system: \"Résumé : {{summary}}\\n\\n###\"",
        "  messages: talk",
        "  roles: [cliente=user, conseillère=assistant]",
        "examples: each-answer",
        "speakers: [user=Cliente, assistant=Conseillère]",
        "separator: \"\\nConseillère:\"",
        "stop: \"\\n\"");
    Finished finished = prepare("--recipe=" + bench.path("recipe.yaml"), "--format=" + format);
    // Five answers, of which one is blank and one a duplicate; the greeting is no answer.
    assertThat(rows(), equalTo(List.of(6, 2, 1, 3)));
    assertThat(
        bench.rejections().stream()
            .map(r -> r.position() + " " + r.example() + " " + r.reason() + " " + r.message())
            .toList(),
        contains(
            "2 2 blank_completion the last message of the assistant is blank",
            "4 null bad_messages turn 1 has the unknown role 'robot'; map.roles says what it is:"
                + " robot=user"));
    assertThat(finished.out(), containsString("4 rows gave 6 examples, one for each answer"));
    TrainingLines.assertValid(
        Format.valueOf(format.toUpperCase(java.util.Locale.ROOT)), bench.examples());
    if (format.equals("completion")) {
      String head = "{\"prompt\":\"Résumé : Un colis perdu\\n\\n###\\n\\n";
      assertThat(
          bench.examples(),
          contains(
              head + "Cliente: Où est mon colis ?\\nConseillère:\",\"completion\":\" À Nice.\\n\"}",
              head
                  + "Conseillère: Bonjour !\\nCliente: Où est mon colis ?\\nConseillère: À Lyon.\\n"
                  + "Cliente: Quand arrive-t-il ?\\nConseillère:\",\"completion\":\" Demain.\\n\"}",
              head
                  + "Conseillère: Bonjour !\\nCliente: Où est mon colis ?\\nConseillère:\","
                  + "\"completion\":\" À Lyon.\\n\"}"));
    }
  }

  @Test
  void theManifestHoldsARecipeThatMakesTheSameDatasetWithoutConcludingAnything()
      throws IOException {
    bench.write("labels.csv", "id,Text,Category", "1,a,x", "2,b,y", "3,c,x");
    // A file without rows changes nothing.
    bench.write("a.csv", "id,Text,Category");
    prepare("--input=" + bench.path("*.csv"));
    assertThat(
        bench.manifest().get("inferred").toString(),
        equalTo(
            "{\"dialect\":\"prompt-completion: the rows have Text and Category; not used: id\","
                + "\"format\":\"chat: gpt-4o-2024-08-06 trains on chat lines only\","
                + "\"map.completion\":\"{{Category}}: a common name for the completion\","
                + "\"map.prompt\":\"{{Text}}: a common name for the prompt\","
                + "\"task\":\"classification: the answers stand in a field named for classes\"}"));
    SortedMap<String, String> first = bench.files("out");
    JsonNode recipe = bench.manifest().get("recipe");
    bench.write("again.yaml", recipe.toString());
    prepare("--recipe=" + bench.path("again.yaml"));
    assertThat(bench.manifest().get("recipe"), equalTo(recipe));
    assertThat(bench.manifest().get("inferred").toString(), equalTo("{}"));
    assertThat(
        bench.files("out").get("train-00000-of-00001.jsonl"),
        equalTo(first.get("train-00000-of-00001.jsonl")));
  }

  @Test
  void theManifestHoldsWhatSeparatesTheFieldsAndWhichOfThemIsTheSystemMessage() throws IOException {
    bench.write(
        "rows.csv",
        "System;Frage;Antwort",
        "Sei kurz.;Wie, bitte?;Am \"Knopf\", links.",
        ";Wo;Da.");
    prepare("--input=" + bench.path("rows.csv"), "--format=completion");
    SortedMap<String, String> first = bench.files("out");
    assertThat(
        bench.examples().stream().sorted().toList(),
        contains(
            "{\"prompt\":\"Sei kurz.\\n\\nWie, bitte?\\n\\n###\\n\\n\",\"completion\":\" Am"
                + " \\\"Knopf\\\", links. END\"}",
            "{\"prompt\":\"Wo\\n\\n###\\n\\n\",\"completion\":\" Da. END\"}"));
    JsonNode manifest = bench.manifest();
    assertThat(
        manifest.at("/inferred/map.system").asText(),
        equalTo("{{System?}}: a common name for the system message"));
    assertThat(manifest.at("/recipe/fieldSeparator").asText(), equalTo("semicolon"));
    bench.write("again.yaml", manifest.get("recipe").toString());
    prepare("--recipe=" + bench.path("again.yaml"));
    assertThat(bench.manifest().get("recipe"), equalTo(manifest.get("recipe")));
    assertThat(
        bench.files("out").get("train-00000-of-00001.jsonl"),
        equalTo(first.get("train-00000-of-00001.jsonl")));
  }

  @Test
  void theDialectMayBeSetAgainstWhatTheRowsLookLike() throws IOException {
    prepare(
        "--input=" + bench.path("alpaca.jsonl"),
        "--dialect=prompt-completion",
        "--format=completion");
    assertThat(bench.manifest().at("/recipe/dialect").asText(), equalTo("prompt-completion"));
    assertThat(bench.manifest().get("inferred").has("dialect"), equalTo(false));
    assertThat(
        bench.examples().get(1),
        equalTo(
            "{\"prompt\":\"Traduis en espagnol.\\nBonjour\\n\\n###\\n\\n\",\"completion\":\" Hola END\"}"));
    assertThat(
        bench.prepare(
            "--input=" + bench.path("alpaca.jsonl"),
            "--dialect=alpaca",
            "--completion={{output}}",
            "--overwrite"),
        equalTo(
            new Finished(
                ExitCode.WRONG_USE,
                "",
                "tunebeam: map.completion makes examples of dialect: prompt-completion; leave one"
                    + " of the two out\n")));
  }

  @Test
  void textsAreTakenOutAndListsAreWrittenOneALine() throws IOException {
    bench.write(
        "entities.jsonl",
        "{\"article\":\"### Париж и Лион\",\"found\":[{\"name\":\"Париж\"},{\"name\":\"Лион\"},"
            + "{\"name\":\"Париж\"}]}");
    String input = "--input=" + bench.path("entities.jsonl");
    prepare(
        input,
        "--prompt={{article}}",
        "--completion={{found.name|sorted}}",
        "--remove=###",
        "--format=completion");
    assertThat(
        bench.examples(),
        contains(
            "{\"prompt\":\"Париж и Лион\\n\\n###\\n\\n\","
                + "\"completion\":\" Лион\\nПариж END\"}"));
    assertThat(bench.manifest().get("cleaned").asInt(), equalTo(0));
  }
}
