package dev.tunebeam.transforms.normalize.dialect;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Common field names of prompts and completions, in the order in which they are tried. Case and
 * Unicode form are ignored. A pure function.
 */
final class UsualNames {

  /**
   * A prompt and a completion field, as named in the row.
   *
   * @param ofClass whether the second has a common name for classes
   */
  record Pair(String prompt, String completion, boolean ofClass) {}

  private record Names(List<String> prompts, List<String> completions, boolean ofClass) {}

  private static final List<Names> USUAL =
      List.of(
          names(
              "prompt question instruction query input request",
              "completion answer response output reply"),
          names("question", "answers best_answer"),
          names("user human", "assistant bot gpt agent"),
          names("problem question prompt", "solution"),
          names("q", "a"),
          names("inputs input_text user_input", "targets target_text output_text model_output"),
          names("question pregunta вопрос 问题 問題 質問", "réponse reponse respuesta ответ 答案 回答"),
          names("frage anweisung eingabe", "antwort ausgabe"),
          names("domanda istruzione", "risposta"),
          names("pergunta instrução", "resposta saída"),
          names("질문", "답변"),
          names("instrucción инструкция 指令", "sortie salida respuesta вывод ответ 输出"),
          names("title titre título заголовок 标题", "body corps cuerpo текст 正文"),
          names("article document text dialogue content", "summary highlights abstract"),
          names("source src input", "target tgt"),
          classes(
              "text sentence utterance tweet review message comment prompt question query input",
              "label category class intent sentiment emotion topic"),
          classes("texte phrase", "étiquette catégorie classe sentiment intention"),
          classes("texto frase", "etiqueta categoría clase sentimiento intención"),
          classes("text satz", "kategorie klasse stimmung"),
          classes("текст фраза", "метка категория класс тональность"),
          classes("文本 句子 内容", "标签 类别 分类 情感 意图"));

  /** Names of a context field: a text that the prompt refers to. */
  private static final List<String> CONTEXTS =
      split("context passage input contexte contexto контекст 上下文");

  /** Names of a text field without a prompt. */
  private static final Set<String> TEXTS =
      Set.of("text", "content", "texte", "texto", "текст", "文本", "内容");

  private UsualNames() {}

  private static Names names(String prompts, String completions) {
    return new Names(split(prompts), split(completions), false);
  }

  private static Names classes(String prompts, String completions) {
    return new Names(split(prompts), split(completions), true);
  }

  private static List<String> split(String names) {
    return Stream.of(names.split(" ", -1)).map(UsualNames::plain).toList();
  }

  /** The prompt and completion fields of a row; null if none match. */
  static @Nullable Pair find(Collection<String> fields) {
    Map<String, String> byName = byName(fields);
    for (Names names : USUAL) {
      String prompt = first(names.prompts(), byName);
      String completion = first(names.completions(), byName);
      if (prompt != null && completion != null) {
        return new Pair(prompt, completion, names.ofClass());
      }
    }
    return null;
  }

  /** The context field of a pair; null for none. */
  static @Nullable String context(Collection<String> fields, Pair pair) {
    return pair.ofClass() || CONTEXTS.contains(plain(pair.prompt()))
        ? null
        : first(CONTEXTS, byName(without(fields, pair.completion())));
  }

  /** Whether a field has a common name for text without a prompt. */
  static boolean isText(String field) {
    return TEXTS.contains(plain(field));
  }

  private static @Nullable String first(List<String> names, Map<String, String> byName) {
    for (String name : names) {
      String field = byName.get(name);
      if (field != null) {
        return field;
      }
    }
    return null;
  }

  /** The first field by normalized name. */
  private static Map<String, String> byName(Collection<String> fields) {
    Map<String, String> byName = new HashMap<>();
    for (String field : fields) {
      byName.putIfAbsent(plain(field), field);
    }
    return byName;
  }

  private static String plain(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
  }

  /** The other fields. */
  static List<String> without(Collection<String> fields, String... used) {
    List<String> rest = new ArrayList<>(fields);
    rest.removeAll(List.of(used));
    return rest;
  }
}
