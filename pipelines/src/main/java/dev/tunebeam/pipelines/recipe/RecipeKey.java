package dev.tunebeam.pipelines.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.tunebeam.dataset.DashedNames;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One key of the recipe with its description, for reference, schema and help.
 *
 * @param path the key, {@code map.class} where it is nested
 * @param section the record that it is a component of
 * @param component its name there
 * @param type what Java makes of its value
 * @param setting the description
 * @param preset the default as the manifest writes it, null where the job decides
 */
record RecipeKey(
    String path,
    Class<?> section,
    String component,
    Class<?> type,
    Setting setting,
    @Nullable Object preset) {

  /** All keys, by group, then in the recipe's order. */
  static List<RecipeKey> all() {
    List<RecipeKey> keys = new ArrayList<>();
    Map<String, Object> presets = Recipe.of(Map.of()).values();
    for (RecordComponent component : Recipe.class.getRecordComponents()) {
      if (component.getType().isRecord()) {
        for (RecordComponent nested : component.getType().getRecordComponents()) {
          keys.add(of(component.getName() + "." + name(nested), nested, null));
        }
      } else {
        Object preset = component.getName().equals("input") ? null : presets.get(name(component));
        keys.add(of(name(component), component, preset));
      }
    }
    keys.sort(Comparator.comparing(key -> key.setting().group()));
    return keys;
  }

  /** The flag that overrides it, without dashes; null where {@code prepare} has none. */
  @Nullable String flag() {
    return setting.group() == Group.LAUNCH ? null : component;
  }

  /** The values to choose from; empty if there is no such list. */
  List<String> choices() {
    return DashedNames.of(type);
  }

  /** The default as people read it; texts in quotes where blanks or line breaks would get lost. */
  String presetText() {
    if (preset == null) {
      return setting.unset();
    }
    String text = preset.toString().replace("\n", "\\n");
    return text.equals(preset.toString()) ? text : '"' + text + '"';
  }

  private static RecipeKey of(String path, RecordComponent component, @Nullable Object preset) {
    Setting setting = component.getAnnotation(Setting.class);
    if (setting == null) {
      throw new IllegalStateException("no description of the key " + path);
    }
    return new RecipeKey(
        path,
        component.getDeclaringRecord(),
        component.getName(),
        component.getType(),
        setting,
        preset);
  }

  private static String name(RecordComponent component) {
    JsonProperty property = component.getAccessor().getAnnotation(JsonProperty.class);
    return property == null ? component.getName() : property.value();
  }
}
