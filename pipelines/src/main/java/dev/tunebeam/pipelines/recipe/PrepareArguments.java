package dev.tunebeam.pipelines.recipe;

import dev.tunebeam.dataset.Nearest;
import java.beans.Introspector;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.jspecify.annotations.Nullable;

/**
 * Reads the arguments of {@code prepare} into options. Beam reads them in the end; before that
 * every mistake is found here, since what Beam says of one is not for people.
 */
public final class PrepareArguments {

  /** Texts for which empty is a value of its own: none. */
  private static final Set<String> MAY_BE_EMPTY = Set.of("separator", "stop");

  private PrepareArguments() {}

  /** Whether the arguments ask for help, with which {@link #parse} does not deal. */
  public static boolean askForHelp(String... arguments) {
    return Arrays.stream(arguments)
        .anyMatch(a -> a.equals("-h") || a.equals("--help") || a.startsWith("--help="));
  }

  /**
   * The options that the arguments hold, all in the form {@code --key=value}.
   *
   * @throws UsageException with one line for the user
   */
  public static PrepareOptions parse(String... arguments) {
    return parse("prepare", PrepareOptions.class, arguments);
  }

  /**
   * The options of another command.
   *
   * @param command its name, for messages
   * @param type its options
   * @throws UsageException with one line for the user
   */
  public static <T extends PrepareOptions> T parse(
      String command, Class<T> type, String... arguments) {
    PipelineOptionsFactory.register(type);
    Map<String, Method> known = knownFlags(type);
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < arguments.length; i++) {
      String next = i + 1 < arguments.length ? arguments[i + 1] : null;
      check(command, arguments[i], next, known, seen);
    }
    try {
      return PipelineOptionsFactory.fromArgs(arguments).as(type);
    } catch (IllegalArgumentException e) {
      throw new UsageException(RecipeOptions.firstLine(e));
    }
  }

  /**
   * All flags that Beam would take, its own and those of the runners, with their getters; not those
   * of other commands.
   */
  private static Map<String, Method> knownFlags(Class<? extends PrepareOptions> type) {
    Map<String, Method> flags = new TreeMap<>();
    for (Class<? extends PipelineOptions> options : PipelineOptionsFactory.getRegisteredOptions()) {
      if (PrepareOptions.class.isAssignableFrom(options) && !options.isAssignableFrom(type)) {
        continue;
      }
      for (Method method : options.getMethods()) {
        String name = method.getName();
        int prefix = name.startsWith("get") ? 3 : name.startsWith("is") ? 2 : 0;
        if (prefix > 0 && method.getParameterCount() == 0) {
          flags.put(Introspector.decapitalize(name.substring(prefix)), method);
        }
      }
    }
    return flags;
  }

  private static void check(
      String command,
      String argument,
      @Nullable String next,
      Map<String, Method> known,
      Set<String> seen) {
    if (!argument.startsWith("--")) {
      throw new UsageException(
          argument.startsWith("-")
              ? "%s: flags begin with two dashes: -%s".formatted(argument, argument)
              : "%s is no flag; flags are written --key=value".formatted(argument));
    }
    int equals = argument.indexOf('=');
    String name = argument.substring(2, equals < 0 ? argument.length() : equals);
    Method getter = known.get(name);
    if (getter == null) {
      throw new UsageException(unknown(command, name, known.keySet()));
    }
    Class<?> type = getter.getReturnType();
    boolean isList = type.isArray() || Collection.class.isAssignableFrom(type);
    if (!seen.add(name) && !isList) {
      throw new UsageException("--%s is given twice".formatted(name));
    }
    boolean isSwitch = type == boolean.class || type == Boolean.class;
    if (equals < 0 && isSwitch) {
      if (next != null && !next.startsWith("-")) {
        throw new UsageException("--%s %s: write --%s=%s".formatted(name, next, name, next));
      }
      return;
    }
    if (equals < 0) {
      throw new UsageException(
          next == null || next.startsWith("-")
              ? "--%s needs a value: --%s=%s".formatted(name, name, placeholder(name))
              : "--%s %s: write --%s=%s".formatted(name, next, name, next));
    }
    checkValue(name, argument.substring(equals + 1), type);
  }

  private static String unknown(String command, String name, Set<String> known) {
    return Nearest.of(name, known)
        .map(near -> "unknown flag --%s; did you mean --%s?".formatted(name, near))
        .orElse("unknown flag --%s; tunebeam %s --help lists them".formatted(name, command));
  }

  private static void checkValue(String name, String value, Class<?> type) {
    if (value.isEmpty() && !MAY_BE_EMPTY.contains(name)) {
      throw new UsageException(
          "--%s needs a value: --%s=%s".formatted(name, name, placeholder(name)));
    }
    String expected = expected(value, type);
    if (expected != null) {
      throw new UsageException("--%s must be %s, not \"%s\"".formatted(name, expected, value));
    }
  }

  /** What a value should have been; null if it is right. */
  private static @Nullable String expected(String value, Class<?> type) {
    if (type == boolean.class || type == Boolean.class) {
      return value.matches("true|false") ? null : "true or false";
    }
    try {
      if (type == int.class || type == Integer.class) {
        Integer.parseInt(value);
      } else if (type == long.class || type == Long.class) {
        Long.parseLong(value);
      } else if (type == double.class || type == Double.class) {
        Double.parseDouble(value);
      }
    } catch (NumberFormatException e) {
      boolean isFraction = type == double.class || type == Double.class;
      boolean isSmall = type == int.class || type == Integer.class;
      return isFraction
          ? "a number"
          : "a whole number" + (isSmall ? " of at most " + Integer.MAX_VALUE : "");
    }
    if (type.isEnum()) {
      String names =
          Arrays.stream(type.getEnumConstants())
              .map(constant -> ((Enum<?>) constant).name())
              .collect(Collectors.joining(", "));
      return Arrays.asList(names.split(", ", -1)).contains(value) ? null : "one of " + names;
    }
    return null;
  }

  private static String placeholder(String name) {
    Setting setting = PrepareHelp.settings().get(name);
    return setting == null || setting.value().isEmpty() ? "VALUE" : setting.value();
  }
}
