package dev.tunebeam.dataset.yaml;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.dataformat.yaml.JacksonYAMLParseException;
import dev.tunebeam.dataset.terminal.Nearest;
import dev.tunebeam.dataset.yaml.StrictYaml.BadYamlException;
import dev.tunebeam.dataset.yaml.YamlPositions.Place;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** Turns Jackson's exceptions into one-line messages for the author of the file. */
final class YamlErrors {

  private final ObjectMapper mapper;
  private final String name;
  private final YamlPositions positions;

  YamlErrors(ObjectMapper mapper, String name, YamlPositions positions) {
    this.mapper = mapper;
    this.name = name;
    this.positions = positions;
  }

  /** The error of invalid YAML. */
  BadYamlException syntax(IOException e, String yaml) {
    int line = 0;
    String problem = e.getMessage();
    if (e instanceof JsonProcessingException known) {
      line = known.getLocation() == null ? 0 : known.getLocation().getLineNr();
      problem = known.getOriginalMessage();
    }
    Throwable cause = e instanceof JacksonYAMLParseException ? e.getCause() : e;
    if (cause instanceof MarkedYAMLException marked) {
      Mark mark = marked.getProblemMark();
      line = mark == null ? line : mark.getLine() + 1;
      problem = marked.getProblem();
    }
    return new BadYamlException(
        name,
        line,
        "",
        unquotedTemplate(yaml, line)
            ? "a template must be in quotes: \"{{field}}\""
            : "this is not valid YAML: " + readable(String.valueOf(problem)));
  }

  /** The error of YAML that does not match the record. */
  BadYamlException about(JsonProcessingException e) {
    if (!(e instanceof JsonMappingException mapping)) {
      return new BadYamlException(name, 0, "", e.getOriginalMessage());
    }
    List<Reference> references = mapping.getPath();
    String path = YamlPositions.path(references);
    Class<?> type = type(mapping);
    Optional<BadYamlException> misspelt = unknownKey(path, type);
    if (misspelt.isEmpty() && !references.isEmpty()) {
      int last = references.size() - 1;
      Object from = references.get(last).getFrom();
      Class<?> owner = from instanceof Class<?> c ? c : from.getClass();
      misspelt = unknownKey(YamlPositions.path(references.subList(0, last)), owner);
    }
    if (misspelt.isPresent()) {
      return misspelt.get();
    }
    return e instanceof ValueInstantiationException && e.getCause() != null
        ? refused(path, e.getCause())
        : wrongType(path, type);
  }

  /** The type that Jackson tried to create; Object if unknown. */
  private static Class<?> type(JsonMappingException e) {
    if (e instanceof ValueInstantiationException refused) {
      return refused.getType().getRawClass();
    }
    if (e.getCause() instanceof InputCoercionException tooLarge) {
      return tooLarge.getTargetType();
    }
    return e instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null
        ? mismatch.getTargetType()
        : Object.class;
  }

  /**
   * The first unknown key at the path. Checked first, since a misspelt key is also a missing one.
   */
  private Optional<BadYamlException> unknownKey(String path, Class<?> type) {
    Place place = positions.at(path);
    if (place == null || !type.isRecord()) {
      return Optional.empty();
    }
    List<String> known = keys(type, key -> true);
    return place.keys().stream()
        .filter(key -> !known.contains(key))
        .findFirst()
        .map(
            key -> {
              String full = YamlPositions.key(path, key);
              String hint =
                  Nearest.of(key, known)
                      .map(near -> "did you mean " + YamlPositions.key(path, near) + "?")
                      .orElse("the known keys are " + String.join(", ", known));
              return error(full, "unknown key " + full + "; " + hint);
            });
  }

  /** The error of a record's constructor, whose message may begin with the key. */
  private BadYamlException refused(String path, Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    String key = message.split("[ :]", 2)[0];
    String full = YamlPositions.key(path, key);
    return positions.at(full) == null
        ? error(path, path.isEmpty() ? message : path + ": " + message)
        : error(full, full + message.substring(key.length()));
  }

  private BadYamlException wrongType(String path, Class<?> type) {
    Place place = positions.at(path);
    if (place == null) {
      return error(path, path + " must be set");
    }
    if (!place.keys().isEmpty() && type.isRecord()) {
      String missing =
          keys(type, key -> key.isRequired() || key.getRawPrimaryType().isPrimitive()).stream()
              .map(key -> YamlPositions.key(path, key))
              .filter(key -> positions.at(key) == null)
              .collect(Collectors.joining(" and "));
      return error(path, missing + " must be set");
    }
    String subject = path.isEmpty() ? "the file" : path;
    return error(path, subject + " must be " + expected(type) + ", not " + place.shown());
  }

  /** The keys of a record in order. */
  private List<String> keys(Class<?> type, Predicate<BeanPropertyDefinition> which) {
    JavaType javaType = mapper.constructType(type);
    return mapper.getDeserializationConfig().introspect(javaType).findProperties().stream()
        .filter(which)
        .map(BeanPropertyDefinition::getName)
        .toList();
  }

  private static String expected(Class<?> type) {
    if (type.isEnum()) {
      return oneOf(DashedNames.of(type));
    }
    if (type == boolean.class || type == Boolean.class) {
      return "true or false";
    }
    if (type == int.class || type == Integer.class) {
      return "a whole number of at most " + Integer.MAX_VALUE;
    }
    if (Stream.of(long.class, Long.class, BigInteger.class).anyMatch(t -> t == type)) {
      return "a whole number";
    }
    if (Stream.of(double.class, Double.class, BigDecimal.class).anyMatch(t -> t == type)) {
      return "a number";
    }
    if (type == String.class) {
      return "text (in quotes)";
    }
    if (type == LocalDate.class) {
      return "a date such as 2026-11-20";
    }
    if (Collection.class.isAssignableFrom(type) || type.isArray()) {
      return "a list";
    }
    return type.isRecord() || Map.class.isAssignableFrom(type)
        ? "keys with values"
        : "a " + type.getSimpleName();
  }

  private static String oneOf(List<String> names) {
    int last = names.size() - 1;
    return last < 1
        ? String.join("", names)
        : String.join(", ", names.subList(0, last)) + " or " + names.get(last);
  }

  private BadYamlException error(String path, String problem) {
    return new BadYamlException(name, positions.line(path), path, problem);
  }

  /** The first line of the message, without the parser's class names. */
  private static String readable(String problem) {
    return problem.startsWith("Expected a field name")
        ? "a key must be plain text"
        : problem.lines().findFirst().orElse("");
  }

  /**
   * Whether a line has an unquoted template: {@code prompt: {{question}}} is a nested mapping in
   * YAML.
   */
  private static boolean unquotedTemplate(String yaml, int line) {
    return yaml.lines().skip(Math.max(0, line - 1)).findFirst().orElse("").contains(": {{");
  }
}
