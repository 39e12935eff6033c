package dev.tunebeam.transforms.normalize;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What people call a question and its answer, in the order in which they are looked for. Case and
 * the form of accents do not matter. A pure function.
 */
final class UsualNames {

  /**
   * Two fields of a row, as the row names them.
   *
   * @param ofClass whether the second one is called as classes are
   */
  record Pair(String prompt, String completion, boolean ofClass) {}

  private record Names(List<String> prompts, List<String> completions, boolean ofClass) {}

  private static final List<Names> USUAL =
      List.of(
          names(
              "prompt question instruction query input request",
              "completion answer response output reply"),
          names("question pregunta вопрос 问题 問題", "réponse respuesta ответ 答案 回答"),
          names("instrucción инструкция 指令", "sortie salida respuesta вывод ответ 输出"),
          names("title titre título заголовок 标题", "body corps cuerpo текст 正文"),
          names("article document text dialogue", "summary"),
          names("source", "target"),
          classes(
              "text sentence utterance tweet review message comment prompt question query input",
              "label category class intent sentiment emotion topic"),
          classes("texte phrase", "étiquette catégorie classe sentiment intention"),
          classes("texto frase", "etiqueta categoría clase sentimiento intención"),
          classes("текст фраза", "метка категория класс тональность"),
          classes("文本 句子 内容", "标签 类别 分类 情感 意图"));

  /** Names of a text without a question. */
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

  /** Question and answer among the fields of a row; null where there are none of these names. */
  static @Nullable Pair find(Collection<String> fields) {
    for (Names names : USUAL) {
      String prompt = first(names.prompts(), fields);
      String completion = first(names.completions(), fields);
      if (prompt != null && completion != null) {
        return new Pair(prompt, completion, names.ofClass());
      }
    }
    return null;
  }

  /** Whether a field is called as a text without a question is. */
  static boolean isText(String field) {
    return TEXTS.contains(plain(field));
  }

  private static @Nullable String first(List<String> names, Collection<String> fields) {
    for (String name : names) {
      for (String field : fields) {
        if (plain(field).equals(name)) {
          return field;
        }
      }
    }
    return null;
  }

  private static String plain(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
  }

  /** The fields but these. */
  static List<String> without(Collection<String> fields, String... used) {
    List<String> rest = new ArrayList<>(fields);
    rest.removeAll(List.of(used));
    return rest;
  }
}
