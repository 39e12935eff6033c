package dev.tunebeam.pipelines.recipe;

import dev.tunebeam.dataset.settings.FlagName;
import dev.tunebeam.dataset.settings.Group;
import dev.tunebeam.dataset.settings.SettingKey;
import dev.tunebeam.dataset.terminal.Nearest;
import dev.tunebeam.dataset.terminal.ShellCommand;
import dev.tunebeam.dataset.yaml.StrictYaml;
import dev.tunebeam.dataset.yaml.StrictYaml.BadYamlException;
import java.beans.Introspector;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.jspecify.annotations.Nullable;

/**
 * The parsed command line, flags of the form {@code --key=value} or {@code --key value}. tunebeam's
 * flags are recipe keys and run settings; Beam parses its own, but errors are found here, since
 * Beam's messages are not for users.
 *
 * @param run the settings of this run
 * @param recipe recipe keys that flags override, as {@link SettingKey#path}, with their values
 * @param beam names of the Beam flags that were given
 * @param options Beam's options, for pipelines and file systems
 */
public record Arguments(
    RunSettings run, Map<String, Object> recipe, List<String> beam, PipelineOptions options) {

  /** Makes immutable copies. */
  public Arguments {
    recipe = Map.copyOf(recipe);
    beam = List.copyOf(beam);
  }

  /** Whether the arguments ask for help, which {@link #parse} does not handle. */
  public static boolean askForHelp(String... arguments) {
    return Arrays.stream(arguments)
        .anyMatch(a -> a.equals("-h") || a.equals("--help") || a.startsWith("--help="));
  }

  /** Whether the arguments ask for JSON on stdout, also if {@link #parse} refuses them. */
  public static boolean askForJson(String... arguments) {
    for (int i = 0; i < arguments.length; i++) {
      boolean isLast = i + 1 == arguments.length || arguments[i + 1].startsWith("--");
      if (arguments[i].equals("--json=" + RunSettings.STDOUT)
          || (arguments[i].equals("--json") && isLast)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Parses the arguments.
   *
   * @param command its name, for messages and for its own flags
   * @throws UsageException with a one-line message for the user
   */
  public static Arguments parse(String command, String... arguments) {
    Map<String, SettingKey> ours = new TreeMap<>();
    keys(command).forEach(key -> ours.put(key.flag(), key));
    Map<String, Class<?>> known = beamFlags();
    ours.forEach((name, key) -> known.put(name, key.type()));
    Map<String, List<String>> given = new LinkedHashMap<>();
    List<String> forBeam = new ArrayList<>();
    for (String argument :
        FlagName.joined(
            Arrays.asList(arguments), known.keySet(), flag -> isSwitch(known.get(flag)))) {
      String name = checked(command, argument, known, ours);
      boolean isFirst = !given.containsKey(name);
      if (!isFirst && !isList(known.get(name))) {
        throw new UsageException("--%s is given twice".formatted(name));
      }
      String value =
          argument.contains("=") ? argument.substring(argument.indexOf('=') + 1) : bare(ours, name);
      given.computeIfAbsent(name, flag -> new ArrayList<>()).add(value);
      if (!ours.containsKey(name)) {
        forBeam.add(argument);
      }
    }
    Map<String, Object> recipe = new LinkedHashMap<>();
    Map<String, Object> run = new LinkedHashMap<>();
    ours.forEach(
        (name, key) -> {
          if (given.containsKey(name)) {
            (key.section() == RunSettings.class ? run : recipe)
                .put(key.path(), value(key, given.get(name)));
          }
        });
    given.keySet().removeAll(ours.keySet());
    try {
      return new Arguments(
          StrictYaml.convert(run, "flags", RunSettings.class),
          recipe,
          List.copyOf(given.keySet()),
          PipelineOptionsFactory.fromArgs(forBeam.toArray(String[]::new)).create());
    } catch (BadYamlException e) {
      throw new UsageException("--" + e.problem());
    } catch (IllegalArgumentException e) {
      throw new UsageException(ResolvedRecipe.firstLine(e));
    }
  }

  /** The keys that a command accepts as flags, in the order of the help. */
  static List<SettingKey> keys(String command) {
    return Stream.concat(RunSettings.keys().stream(), Recipe.keys().stream())
        .filter(key -> key.setting().group() != Group.LAUNCH)
        .filter(key -> key.setting().group() != Group.INSPECT || command.equals("inspect"))
        .toList();
  }

  /** The value of a flag without one. */
  private static String bare(Map<String, SettingKey> ours, String name) {
    SettingKey key = ours.get(name);
    return key == null || key.setting().bare().isEmpty() ? "true" : key.setting().bare();
  }

  private static Object value(SettingKey key, List<String> texts) {
    return key.setting().escapes() ? Escapes.replace(key.flag(), texts.get(0)) : key.value(texts);
  }

  /** All flags of Beam and its runners, with the types of their values. */
  private static Map<String, Class<?>> beamFlags() {
    Map<String, Class<?>> flags = new TreeMap<>();
    for (Class<?> options : PipelineOptionsFactory.getRegisteredOptions()) {
      for (Method method : options.getMethods()) {
        String name = method.getName();
        int prefix = name.startsWith("get") ? 3 : name.startsWith("is") ? 2 : 0;
        if (prefix > 0 && method.getParameterCount() == 0) {
          flags.put(Introspector.decapitalize(name.substring(prefix)), method.getReturnType());
        }
      }
    }
    return flags;
  }

  /** The name of the flag, after a check of its syntax. */
  private static String checked(
      String command, String argument, Map<String, Class<?>> known, Map<String, SettingKey> ours) {
    if (!argument.startsWith("--")) {
      throw new UsageException(
          argument.startsWith("-")
              ? "%s: flags begin with two dashes: -%s".formatted(argument, argument)
              : "%s is not a flag; flags are written --key=value, and patterns of files in quotes: --input='*.csv'"
                  .formatted(argument));
    }
    int equals = argument.indexOf('=');
    String name = argument.substring(2, equals < 0 ? argument.length() : equals);
    Class<?> type = known.get(name);
    if (type == null) {
      throw new UsageException(
          Nearest.of(name, known.keySet())
              .map(near -> "unknown flag --%s; did you mean --%s?".formatted(name, near))
              .orElse(
                  "unknown flag --%s; %s lists them"
                      .formatted(name, ShellCommand.tunebeam(command, "--help"))));
    }
    SettingKey key = ours.get(name);
    String value = equals < 0 ? "" : argument.substring(equals + 1);
    boolean mayBeEmpty =
        equals < 0
            ? isSwitch(type) || (key != null && !key.setting().bare().isEmpty())
            : key != null && key.setting().escapes();
    if (value.isEmpty() && !mayBeEmpty) {
      String shown =
          key == null || key.setting().value().isEmpty() ? "VALUE" : key.setting().value();
      throw new UsageException("--%s needs a value: --%s=%s".formatted(name, name, shown));
    }
    String expected = equals < 0 || key != null ? null : expected(value, type);
    if (expected != null) {
      throw new UsageException("--%s must be %s, not \"%s\"".formatted(name, expected, value));
    }
    return name;
  }

  private static boolean isSwitch(@Nullable Class<?> type) {
    return type == boolean.class || type == Boolean.class;
  }

  private static boolean isList(@Nullable Class<?> type) {
    return type != null
        && (type.isArray()
            || Collection.class.isAssignableFrom(type)
            || Map.class.isAssignableFrom(type));
  }

  /** What a value of a Beam flag should be; null if it is valid. */
  private static @Nullable String expected(String value, Class<?> type) {
    if (isSwitch(type)) {
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
    List<String> names =
        type.isEnum()
            ? Stream.of(type.getEnumConstants()).map(Object::toString).toList()
            : List.of();
    return names.isEmpty() || names.contains(value) ? null : "one of " + String.join(", ", names);
  }
}
