package dev.tunebeam.transforms.read.parquet;

import com.fasterxml.jackson.core.io.NumberOutput;
import dev.tunebeam.transforms.json.JsonNumber;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntervalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.UUIDLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.jspecify.annotations.Nullable;

/**
 * Converts the values of one Parquet column: strings, numbers with all their digits, booleans.
 * Dates, times, timestamps and intervals are ISO 8601 strings, timestamps with a Z if they are
 * instants. NaN and the infinities, which JSON does not have, are null. Bytes without an annotation
 * are a string if they are UTF-8, else Base64.
 */
final class ParquetValues extends PrimitiveConverter {

  /** Numbers with more decimals are written with an exponent. */
  private static final int MOST_DECIMALS = 1000;

  private static final long JULIAN_DAY_OF_EPOCH = 2_440_588;
  private static final long DAY_NANOS = 86_400_000_000_000L;

  private final PrimitiveType type;
  private final @Nullable LogicalTypeAnnotation logical;
  private final Consumer<@Nullable Object> target;
  private final Consumer<String> failure;

  /**
   * @param target receives each value
   * @param failure receives the reason if one cannot be read
   */
  ParquetValues(PrimitiveType type, Consumer<@Nullable Object> target, Consumer<String> failure) {
    this.type = type;
    this.logical = type.getLogicalTypeAnnotation();
    this.target = target;
    this.failure = failure;
  }

  @Override
  public void addBoolean(boolean value) {
    target.accept(value);
  }

  @Override
  public void addFloat(float value) {
    target.accept(Float.isFinite(value) ? number(NumberOutput.toString(value, true)) : null);
  }

  @Override
  public void addDouble(double value) {
    target.accept(Double.isFinite(value) ? number(NumberOutput.toString(value, true)) : null);
  }

  @Override
  public void addInt(int value) {
    if (logical instanceof IntLogicalTypeAnnotation integer && !integer.isSigned()) {
      target.accept(new JsonNumber(Integer.toUnsignedString(value)));
    } else {
      addNumber(value);
    }
  }

  @Override
  public void addLong(long value) {
    if (logical instanceof IntLogicalTypeAnnotation integer && !integer.isSigned()) {
      target.accept(new JsonNumber(Long.toUnsignedString(value)));
    } else {
      addNumber(value);
    }
  }

  @Override
  public void addBinary(Binary value) {
    byte[] bytes = value.getBytes();
    if (logical instanceof DecimalLogicalTypeAnnotation decimal) {
      target.accept(bytes.length == 0 ? null : decimal(new BigInteger(bytes), decimal.getScale()));
    } else if (type.getPrimitiveTypeName() == PrimitiveTypeName.INT96 && bytes.length == 12) {
      ByteBuffer parts = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      long nanos = parts.getLong();
      long day = parts.getInt() - JULIAN_DAY_OF_EPOCH + Math.floorDiv(nanos, DAY_NANOS);
      target.accept(
          DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(
              LocalDateTime.of(
                  LocalDate.ofEpochDay(day),
                  LocalTime.ofNanoOfDay(Math.floorMod(nanos, DAY_NANOS)))));
    } else if (logical instanceof UUIDLogicalTypeAnnotation && bytes.length == 16) {
      ByteBuffer halves = ByteBuffer.wrap(bytes);
      target.accept(new UUID(halves.getLong(), halves.getLong()).toString());
    } else if (logical instanceof IntervalLogicalTypeAnnotation && bytes.length == 12) {
      target.accept(interval(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN)));
    } else {
      addText(bytes);
    }
  }

  private void addText(byte[] bytes) {
    try {
      target.accept(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      if (logical != null) {
        failure.accept("the column %s holds bytes that are not UTF-8".formatted(type.getName()));
        target.accept(null);
      } else {
        target.accept(Base64.getEncoder().encodeToString(bytes));
      }
    }
  }

  private void addNumber(long value) {
    try {
      target.accept(number(value));
    } catch (DateTimeException | ArithmeticException e) {
      failure.accept(
          String.format(
              Locale.ROOT,
              "the column %s contains %d, which is not a valid %s",
              type.getName(),
              value,
              logical));
      target.accept(null);
    }
  }

  private Object number(long value) {
    if (logical instanceof DecimalLogicalTypeAnnotation decimal) {
      return decimal(BigInteger.valueOf(value), decimal.getScale());
    }
    if (logical instanceof DateLogicalTypeAnnotation) {
      return LocalDate.ofEpochDay(value).toString();
    }
    if (logical instanceof TimeLogicalTypeAnnotation time) {
      return DateTimeFormatter.ISO_LOCAL_TIME.format(
          LocalTime.ofNanoOfDay(Math.multiplyExact(value, DAY_NANOS / perDay(time.getUnit()))));
    }
    if (logical instanceof TimestampLogicalTypeAnnotation timestamp) {
      return timestamp(value, timestamp);
    }
    return new JsonNumber(Long.toString(value));
  }

  private static String timestamp(long value, TimestampLogicalTypeAnnotation type) {
    long perDay = perDay(type.getUnit());
    long perSecond = perDay / 86_400;
    long seconds = Math.floorDiv(value, perSecond);
    long nanos = Math.floorMod(value, perSecond) * (1_000_000_000 / perSecond);
    return type.isAdjustedToUTC()
        ? Instant.ofEpochSecond(seconds, nanos).toString()
        : DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(
            LocalDateTime.ofEpochSecond(seconds, (int) nanos, ZoneOffset.UTC));
  }

  private static long perDay(TimeUnit unit) {
    return switch (unit) {
      case MILLIS -> DAY_NANOS / 1_000_000;
      case MICROS -> DAY_NANOS / 1_000;
      case NANOS -> DAY_NANOS;
    };
  }

  private static JsonNumber decimal(BigInteger unscaled, int scale) {
    BigDecimal value = new BigDecimal(unscaled, scale);
    return new JsonNumber(scale > MOST_DECIMALS ? value.toString() : value.toPlainString());
  }

  private static String interval(ByteBuffer parts) {
    long months = Integer.toUnsignedLong(parts.getInt());
    long days = Integer.toUnsignedLong(parts.getInt());
    long millis = Integer.toUnsignedLong(parts.getInt());
    return String.format(
        Locale.ROOT, "P%dM%dDT%sS", months, days, BigDecimal.valueOf(millis, 3).toPlainString());
  }

  /** Without an exponent unless that would be unusually long. */
  private static JsonNumber number(String text) {
    int exponent = text.indexOf('E');
    if (exponent < 0) {
      return new JsonNumber(text);
    }
    BigDecimal value = new BigDecimal(text);
    boolean writable = value.precision() - value.scale() <= 20 && value.scale() <= 20;
    return new JsonNumber(writable ? value.toPlainString() : text);
  }
}
