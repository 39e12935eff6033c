package dev.tunebeam.dataset.settings;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.tunebeam.dataset.DashedNames;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A setting with its description, for flags, help, reference and schema.
 *
 * @param path the key, {@code map.class} where it is nested
 * @param section the record that it is a component of
 * @param flag the component's name there, and the flag's without dashes
 * @param type what Java makes of its value
 * @param setting the description
 * @param preset the default as the manifest writes it, null where the job decides
 */
public record SettingKey(
    String path,
    Class<?> section,
    String flag,
    Class<?> type,
    Setting setting,
    @Nullable Object preset) {

  /**
   * The keys of a record and of the records in it, by group, then in the record's order.
   *
   * @param presets the defaults by key
   */
  public static List<SettingKey> of(Class<? extends Record> type, Map<String, ?> presets) {
    List<SettingKey> keys = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      if (component.getType().isRecord()) {
        for (RecordComponent nested : component.getType().getRecordComponents()) {
          keys.add(of(component.getName() + "." + name(nested), nested, null));
        }
      } else {
        keys.add(of(name(component), component, presets.get(name(component))));
      }
    }
    keys.sort(Comparator.comparing(key -> key.setting().group()));
    return keys;
  }

  /** The values to choose from; empty if there is no such list. */
  public List<String> choices() {
    return DashedNames.of(type);
  }

  /** The default as people read it; texts in quotes where blanks or line breaks would get lost. */
  public String presetText() {
    if (preset == null) {
      return setting.unset();
    }
    String text = preset.toString().replace("\n", "\\n");
    return text.equals(preset.toString()) ? text : '"' + text + '"';
  }

  /** What help says of it: the meaning, the choices and the default. */
  public String help() {
    String choices = choices().isEmpty() ? "" : " {" + String.join("|", choices()) + "}";
    String preset = presetText();
    return setting.text() + choices + (preset.isEmpty() ? "" : " [" + preset + "]");
  }

  /**
   * The texts of a flag as the value that stands in a recipe: lists with commas between their
   * elements, or with a flag for each. What is no number stays a text, for the record to refuse.
   */
  public Object value(List<String> texts) {
    String text = texts.get(texts.size() - 1);
    if (type == List.class) {
      return texts.stream().flatMap(list -> Stream.of(list.split(",", 0))).toList();
    }
    if (type == Boolean.class && text.matches("true|false")) {
      return Boolean.valueOf(text);
    }
    try {
      return !Number.class.isAssignableFrom(type)
          ? text
          : text.matches("[+-]?\\d+") ? new BigInteger(text) : new BigDecimal(text);
    } catch (NumberFormatException e) {
      return text;
    }
  }

  private static SettingKey of(String path, RecordComponent component, @Nullable Object preset) {
    Setting setting = component.getAnnotation(Setting.class);
    if (setting == null) {
      throw new IllegalStateException("no description of the key " + path);
    }
    return new SettingKey(
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
