package dev.tunebeam.transforms.row;

import dev.tunebeam.transforms.json.JsonNumber;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.util.VarInt;
import org.jspecify.annotations.Nullable;

/**
 * Encodes a {@link Row}: its source, its text, its fields in order. Deterministic for ordered maps,
 * as those of the readers are.
 */
public final class RowCoder extends AtomicCoder<Row> {

  private static final long serialVersionUID = 1L;
  private static final RowCoder INSTANCE = new RowCoder();

  private static final int NULL = 0;
  private static final int TEXT = 1;
  private static final int NUMBER = 2;
  private static final int TRUE = 3;
  private static final int FALSE = 4;
  private static final int LIST = 5;
  private static final int MAP = 6;

  private RowCoder() {}

  public static RowCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(Row value, OutputStream out) throws IOException {
    SourceCoder.of().encode(value.source(), out);
    TextCoder.of().encode(value.raw(), out);
    encodeFields(value.fields(), out);
  }

  @Override
  public Row decode(InputStream in) throws IOException {
    return new Row(SourceCoder.of().decode(in), TextCoder.of().decode(in), decodeFields(in));
  }

  private static void encodeFields(Map<?, ?> fields, OutputStream out) throws IOException {
    VarInt.encode(fields.size(), out);
    for (Map.Entry<?, ?> field : fields.entrySet()) {
      TextCoder.of().encode((String) field.getKey(), out);
      encodeValue(field.getValue(), out);
    }
  }

  private static Map<String, Object> decodeFields(InputStream in) throws IOException {
    int size = VarInt.decodeInt(in);
    Map<String, Object> fields = new LinkedHashMap<>();
    for (int i = 0; i < size; i++) {
      fields.put(TextCoder.of().decode(in), decodeValue(in));
    }
    return fields;
  }

  private static void encodeValue(@Nullable Object value, OutputStream out) throws IOException {
    if (value == null) {
      out.write(NULL);
    } else if (value instanceof String text) {
      out.write(TEXT);
      TextCoder.of().encode(text, out);
    } else if (value instanceof JsonNumber number) {
      out.write(NUMBER);
      TextCoder.of().encode(number.text(), out);
    } else if (value instanceof Boolean truth) {
      out.write(truth ? TRUE : FALSE);
    } else if (value instanceof List<?> list) {
      out.write(LIST);
      VarInt.encode(list.size(), out);
      for (Object element : list) {
        encodeValue(element, out);
      }
    } else if (value instanceof Map<?, ?> map) {
      out.write(MAP);
      encodeFields(map, out);
    } else {
      throw new CoderException("a row holds no " + value.getClass());
    }
  }

  private static @Nullable Object decodeValue(InputStream in) throws IOException {
    int kind = in.read();
    return switch (kind) {
      case NULL -> null;
      case TEXT -> TextCoder.of().decode(in);
      case NUMBER -> new JsonNumber(TextCoder.of().decode(in));
      case TRUE -> true;
      case FALSE -> false;
      case LIST -> decodeList(in);
      case MAP -> decodeFields(in);
      default -> throw new CoderException("no value of a row begins with " + kind);
    };
  }

  private static List<Object> decodeList(InputStream in) throws IOException {
    int size = VarInt.decodeInt(in);
    List<Object> list = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      list.add(decodeValue(in));
    }
    return list;
  }
}
