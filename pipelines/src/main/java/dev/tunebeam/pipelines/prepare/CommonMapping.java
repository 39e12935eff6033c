package dev.tunebeam.pipelines.prepare;

import dev.tunebeam.transforms.normalize.dialect.Dialect;
import dev.tunebeam.transforms.normalize.dialect.FieldMapping;
import dev.tunebeam.transforms.normalize.dialect.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One mapping for files with different columns, so that a recipe can have it: {@code
 * {{text?}}{{^text}}{{tweet}}{{/text}}} is the text where there is one, else the tweet. Pure
 * functions.
 */
final class CommonMapping {

  private static final Pattern FIELD = Pattern.compile("\\{\\{([^{}#^/&!>|?=.]+)\\??}}");

  private CommonMapping() {}

  /**
   * Joins the mappings of shapes.
   *
   * @param filled the fields of the rows of each shape, where they are not empty; more than one
   * @return null if a shape is not one of pairs, or has a field that another one reads
   */
  static @Nullable FieldMapping of(Map<Shape, Set<String>> filled) {
    List<String> prompts = new ArrayList<>();
    List<String> completions = new ArrayList<>();
    List<String> systems = new ArrayList<>();
    FieldMapping first = filled.keySet().iterator().next().mapping();
    for (Map.Entry<Shape, Set<String>> shape : filled.entrySet()) {
      FieldMapping mapping = shape.getKey().mapping();
      Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
      names.addAll(shape.getValue());
      boolean plain = !mapping.hasTemplates() && names.contains("prompt");
      String prompt = plain ? "{{prompt}}" : mapping.prompt();
      String completion = plain ? "{{completion}}" : mapping.completion();
      if (shape.getKey().dialect() != Dialect.PROMPT_COMPLETION
          || prompt == null
          || completion == null) {
        return null;
      }
      add(prompts, prompt);
      add(completions, completion);
      add(systems, mapping.system());
    }
    for (Map.Entry<Shape, Set<String>> shape : filled.entrySet()) {
      FieldMapping mapping = shape.getKey().mapping();
      if (readsMore(prompts, mapping.prompt(), shape.getValue())
          || readsMore(completions, mapping.completion(), shape.getValue())) {
        return null;
      }
    }
    String prompt = joined(prompts);
    String completion = joined(completions);
    String system = systems.isEmpty() ? null : joined(systems);
    if (prompt == null || completion == null || (!systems.isEmpty() && system == null)) {
      return null;
    }
    return first.with(prompt, completion, system);
  }

  private static void add(List<String> templates, @Nullable String template) {
    if (template != null && !templates.contains(template)) {
      templates.add(template);
    }
  }

  /** Whether the rows have a field of another template, too. */
  private static boolean readsMore(
      List<String> templates, @Nullable String own, Set<String> filled) {
    Set<String> names = new HashSet<>();
    filled.forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
    return own != null
        && templates.stream()
            .filter(template -> !template.equals(own))
            .map(CommonMapping::field)
            .anyMatch(field -> field == null || names.contains(field.toLowerCase(Locale.ROOT)));
  }

  /** The templates in one, of which each takes the place of those before it; null if it cannot. */
  private static @Nullable String joined(List<String> templates) {
    String joined = templates.get(templates.size() - 1);
    for (int i = templates.size() - 2; i >= 0; i--) {
      String field = field(templates.get(i));
      if (field == null) {
        return null;
      }
      joined = "{{%s?}}{{^%s}}%s{{/%s}}".formatted(field, field, joined, field);
    }
    return joined;
  }

  /** The only field of a template; null if there is more to it. */
  private static @Nullable String field(String template) {
    Matcher field = FIELD.matcher(template);
    return field.matches() ? field.group(1) : null;
  }
}
