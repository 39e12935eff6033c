package dev.tunebeam.transforms.read.parquet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.MapKeyValueTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.MapLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/** Converts the values of a Parquet record, group by group, as Parquet's reader delivers them. */
final class ParquetConverters {

  private final RecordBudget budget;

  ParquetConverters(RecordBudget budget) {
    this.budget = budget;
  }

  /** The converter of the record. */
  Struct root(MessageType schema) {
    return new Struct(schema, map -> {});
  }

  private Converter converter(Type type, Consumer<@Nullable Object> target) {
    if (type.isPrimitive()) {
      return new ParquetValues(
          type.asPrimitiveType(), value -> budget.count(value, target), budget::fail);
    }
    GroupType group = type.asGroupType();
    if (group.getLogicalTypeAnnotation() instanceof ListLogicalTypeAnnotation && wraps(group)) {
      return new Elements(group, target);
    }
    boolean map =
        group.getLogicalTypeAnnotation() instanceof MapLogicalTypeAnnotation
            || group.getLogicalTypeAnnotation() instanceof MapKeyValueTypeAnnotation;
    if (map && wraps(group) && !group.getType(0).isPrimitive()) {
      return new Entries(group, target);
    }
    return new Struct(group, value -> budget.count(value, target));
  }

  private static boolean wraps(GroupType group) {
    return group.getFieldCount() == 1 && group.getType(0).isRepetition(Type.Repetition.REPEATED);
  }

  /** A group: all fields in order, null for those without a value. */
  final class Struct extends GroupConverter {

    private final GroupType type;
    private final Consumer<@Nullable Object> target;
    private final List<Converter> converters = new ArrayList<>();
    private final Map<String, List<@Nullable Object>> lists = new HashMap<>();
    private Map<String, Object> current = new LinkedHashMap<>();

    Struct(GroupType type, Consumer<@Nullable Object> target) {
      this.type = type;
      this.target = target;
      for (Type field : type.getFields()) {
        String name = field.getName();
        converters.add(
            field.isRepetition(Type.Repetition.REPEATED)
                ? converter(field, value -> add(name, value))
                : converter(field, value -> current.put(name, value)));
      }
    }

    @Override
    public Converter getConverter(int field) {
      return converters.get(field);
    }

    @Override
    public void start() {
      current = new LinkedHashMap<>(type.getFieldCount() * 2);
      for (Type field : type.getFields()) {
        current.put(field.getName(), null);
        if (field.isRepetition(Type.Repetition.REPEATED)) {
          List<@Nullable Object> list = new ArrayList<>();
          lists.put(field.getName(), list);
          current.put(field.getName(), list);
        }
      }
    }

    @Override
    public void end() {
      target.accept(current);
    }

    /** The fields of the group so far. */
    Map<String, Object> current() {
      return current;
    }

    private void add(String name, @Nullable Object value) {
      Objects.requireNonNull(lists.get(name)).add(value);
    }
  }

  /** A list: its one repeated field is the element, or in newer files contains it. */
  private final class Elements extends GroupConverter {

    private final Consumer<@Nullable Object> target;
    private final Converter repeated;
    private List<@Nullable Object> current = new ArrayList<>();

    Elements(GroupType type, Consumer<@Nullable Object> target) {
      this.target = target;
      Type field = type.getType(0);
      this.repeated =
          holdsElement(type, field)
              ? new Holder(field.asGroupType(), value -> current.add(value))
              : converter(field, value -> current.add(value));
    }

    /** Follows the format's backward compatibility rules for older writers. */
    private static boolean holdsElement(GroupType list, Type field) {
      return !field.isPrimitive()
          && field.asGroupType().getFieldCount() == 1
          && !field.getName().equals("array")
          && !field.getName().equals(list.getName() + "_tuple");
    }

    @Override
    public Converter getConverter(int field) {
      return repeated;
    }

    @Override
    public void start() {
      current = new ArrayList<>();
    }

    @Override
    public void end() {
      budget.count(current, target);
    }
  }

  /** The group between a list and its element, which may be null. */
  private final class Holder extends GroupConverter {

    private final Consumer<@Nullable Object> target;
    private final Converter element;
    private @Nullable Object value;

    Holder(GroupType type, Consumer<@Nullable Object> target) {
      this.target = target;
      this.element = converter(type.getType(0), found -> value = found);
    }

    @Override
    public Converter getConverter(int field) {
      return element;
    }

    @Override
    public void start() {
      value = null;
    }

    @Override
    public void end() {
      budget.count(value, target);
    }
  }

  /** A map, whose entries are groups of key and value. */
  private final class Entries extends GroupConverter {

    private final Consumer<@Nullable Object> target;
    private final Struct entry;
    private Map<String, Object> current = new LinkedHashMap<>();

    Entries(GroupType type, Consumer<@Nullable Object> target) {
      this.target = target;
      this.entry = new Struct(type.getType(0).asGroupType(), this::add);
    }

    private void add(@Nullable Object pair) {
      Object[] parts = ((Map<?, ?>) Objects.requireNonNull(pair)).values().toArray();
      Object key = parts[0];
      String name = key instanceof Map || key instanceof List ? null : String.valueOf(key);
      if (name == null || current.containsKey(name)) {
        budget.fail(
            name == null
                ? "a map has keys that are not primitive values"
                : "the key \"" + name + "\" occurs twice in one map");
        return;
      }
      current.put(name, parts.length > 1 ? parts[1] : null);
    }

    @Override
    public Converter getConverter(int field) {
      return entry;
    }

    @Override
    public void start() {
      current = new LinkedHashMap<>();
    }

    @Override
    public void end() {
      budget.count(current, target);
    }
  }
}
