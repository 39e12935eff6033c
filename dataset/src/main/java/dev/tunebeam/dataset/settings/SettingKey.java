package dev.tunebeam.dataset.settings;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.tunebeam.dataset.yaml.DashedNames;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A setting with its description, for flags, help, reference and schema.
 *
 * @param path the key, {@code map.class} if it is nested
 * @param section the record that declares it
 * @param flag the flag's name without dashes, mostly that of the record's component
 * @param type the Java type of its value
 * @param setting the description
 * @param preset the default as the manifest writes it, null if there is no fixed default
 */
public record SettingKey(
    String path,
    Class<?> section,
    String flag,
    Class<?> type,
    Setting setting,
    @Nullable Object preset) {

  /**
   * The keys of a record and its nested records, by group, then in the record's order.
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

  /** The allowed values; empty if any value is allowed. */
  public List<String> choices() {
    return DashedNames.of(type);
  }

  /** The default as text, quoted if it has leading or trailing whitespace or line breaks. */
  public String presetText() {
    if (preset == null) {
      return setting.unset();
    }
    String text = preset.toString().replace("\n", "\\n");
    return text.equals(preset.toString()) ? text : '"' + text + '"';
  }

  /** The help: description, allowed values and default. */
  public String help() {
    String choices = choices().isEmpty() ? "" : " {" + String.join("|", choices()) + "}";
    String preset = presetText();
    return setting.text() + choices + (preset.isEmpty() ? "" : " [" + preset + "]");
  }

  /**
   * The texts of a flag as the value that stands in a recipe: lists with commas between their
   * elements, or with a flag for each; a map as a list of {@code key=value}. What is no number
   * stays a text, for the record to refuse.
   */
  public Object value(List<String> texts) {
    String text = texts.get(texts.size() - 1);
    if (type == List.class) {
      return texts.stream().flatMap(list -> Stream.of(list.split(",", 0))).toList();
    }
    if (type == Map.class) {
      Map<String, String> pairs = new LinkedHashMap<>();
      for (String pair : texts.stream().flatMap(list -> Stream.of(list.split(",", 0))).toList()) {
        int equals = pair.lastIndexOf('=');
        if (equals < 1) {
          return text;
        }
        pairs.put(pair.substring(0, equals), pair.substring(equals + 1));
      }
      return pairs;
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
        setting.flag().isEmpty() ? component.getName() : setting.flag(),
        component.getType(),
        setting,
        preset);
  }

  private static String name(RecordComponent component) {
    JsonProperty property = component.getAccessor().getAnnotation(JsonProperty.class);
    return property == null ? component.getName() : property.value();
  }
}
