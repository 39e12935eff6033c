package dev.tunebeam.transforms.read.parquet;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * Converts Parquet's records to the fields of rows: groups are maps of all their fields, lists are
 * lists whatever their writer, maps are maps with string keys; for single values see {@link
 * ParquetValues}. Of a record that is too large only the beginning is kept.
 */
final class ParquetRecords extends RecordMaterializer<Map<String, Object>> {

  private final RecordBudget budget;
  private final ParquetConverters.Struct root;
  private Map<String, Object> record = new LinkedHashMap<>();

  ParquetRecords(MessageType schema, long maxBytes) {
    this.budget = new RecordBudget(maxBytes);
    this.root = new ParquetConverters(budget).root(schema);
  }

  /** Whether the record is larger than the limit. */
  boolean tooLarge() {
    return budget.tooLarge();
  }

  /** The problem of a record that cannot be read; null for none. */
  @Nullable String problem() {
    return budget.problem();
  }

  @Override
  public Map<String, Object> getCurrentRecord() {
    return record;
  }

  @Override
  public GroupConverter getRootConverter() {
    return new Root();
  }

  /** Starts a new record. */
  private final class Root extends GroupConverter {

    @Override
    public Converter getConverter(int field) {
      return root.getConverter(field);
    }

    @Override
    public void start() {
      budget.begin();
      root.start();
    }

    @Override
    public void end() {
      record = root.current();
    }
  }
}
