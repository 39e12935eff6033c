package dev.tunebeam.dataset.yaml;

import com.fasterxml.jackson.databind.introspect.NopAnnotationIntrospector;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The names of enum constants in recipes, flags, catalogues and manifests: lower case with dashes,
 * {@code TRUNCATE_LEFT} is {@code truncate-left}. The one place where that is decided.
 */
public final class DashedNames extends NopAnnotationIntrospector {

  private static final long serialVersionUID = 1L;

  /** The name of one constant. */
  public static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The names of all constants, in the order of the enum; empty if the type is no enum. */
  public static List<String> of(Class<?> type) {
    Object[] constants = type.getEnumConstants();
    return constants == null
        ? List.of()
        : Arrays.stream(constants).map(constant -> of((Enum<?>) constant)).toList();
  }

  /** The names for Jackson. */
  @Override
  public String[] findEnumValues(Class<?> enumType, Enum<?>[] enumValues, String[] names) {
    return Arrays.stream(enumValues).map(DashedNames::of).toArray(String[]::new);
  }
}
