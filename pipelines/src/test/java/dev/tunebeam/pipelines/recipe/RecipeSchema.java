package dev.tunebeam.pipelines.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.generator.impl.module.EnumModule;
import dev.tunebeam.dataset.settings.LaunchSettings;
import dev.tunebeam.dataset.settings.SettingKey;
import dev.tunebeam.dataset.yaml.DashedNames;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes the JSON Schema of the recipe from the record. */
final class RecipeSchema {

  /** By record and name in the recipe. */
  private static final Map<String, SettingKey> KEYS =
      Recipe.keys().stream()
          .collect(
              Collectors.toMap(
                  key -> name(key.section(), key.path().replaceFirst(".*\\.", "")),
                  Function.identity()));

  /** The order of the components: the recipe's own, then those of its sections. */
  private static final List<String> ORDER =
      Stream.of(
              Recipe.class,
              MapSection.class,
              CutSection.class,
              NearSection.class,
              CardSection.class,
              GatesSection.class,
              LaunchSettings.class)
          .flatMap(type -> Arrays.stream(type.getRecordComponents()))
          .map(component -> name(component.getDeclaringRecord(), component.getName()))
          .toList();

  private RecipeSchema() {}

  static ObjectNode generate() {
    SchemaGeneratorConfigBuilder builder =
        new SchemaGeneratorConfigBuilder(SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
            .with(
                Option.FORBIDDEN_ADDITIONAL_PROPERTIES_BY_DEFAULT,
                Option.INLINE_ALL_SCHEMAS,
                Option.MAP_VALUES_AS_ADDITIONAL_PROPERTIES,
                // For each list the record says the same to Jackson.
                Option.ACCEPT_SINGLE_VALUE_AS_ARRAY)
            .without(Option.FLATTENED_ENUMS)
            .with(new EnumModule(DashedNames::of));
    builder
        .forTypesInGeneral()
        .withPropertySorter(
            Comparator.comparingInt(
                member ->
                    ORDER.indexOf(
                        name(member.getDeclaringType().getErasedType(), member.getDeclaredName()))))
        .withTitleResolver(
            scope -> scope.getType().getErasedType() == Recipe.class ? "Recipe of tunebeam" : null);
    builder
        .forFields()
        .withPropertyNameOverrideResolver(
            field -> {
              JsonProperty property = field.getAnnotation(JsonProperty.class);
              return property == null ? null : property.value();
            })
        .withDescriptionResolver(RecipeSchema::description)
        .withDefaultResolver(
            field -> {
              SettingKey key = key(field);
              return key == null ? null : key.preset();
            });
    return new SchemaGenerator(builder.build()).generateSchema(Recipe.class);
  }

  private static String name(Class<?> section, String component) {
    return section.getSimpleName() + "." + component;
  }

  private static @Nullable SettingKey key(FieldScope field) {
    return field.isFakeContainerItemScope()
        ? null
        : KEYS.get(name(field.getDeclaringType().getErasedType(), field.getName()));
  }

  private static @Nullable String description(FieldScope field) {
    SettingKey key = key(field);
    if (key == null) {
      return null;
    }
    String unset = key.setting().unset();
    String rest =
        unset.isEmpty()
            ? ""
            : unset.equals("must be set") ? " Must be set." : " Not set: " + unset + ".";
    return key.setting().text() + rest;
  }
}
