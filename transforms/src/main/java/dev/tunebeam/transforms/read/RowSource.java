package dev.tunebeam.transforms.read;

import dev.tunebeam.transforms.progress.Progress;
import dev.tunebeam.transforms.read.input.InputRange;
import dev.tunebeam.transforms.read.input.ReadOptions;
import dev.tunebeam.transforms.row.Outcome;
import dev.tunebeam.transforms.row.OutcomeCoder;
import dev.tunebeam.transforms.row.Row;
import dev.tunebeam.transforms.row.RowCoder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.io.BoundedSource;
import org.apache.beam.sdk.options.PipelineOptions;
import org.jspecify.annotations.Nullable;

/**
 * A Beam source of ranges that is read row by row. Not a DoFn, since Spark holds all output of a
 * DoFn for an element in memory, and a CSV file of 10 GB is one element.
 */
final class RowSource extends BoundedSource<Outcome<Row>> {

  private final List<InputRange> ranges;
  private final ReadOptions options;

  RowSource(List<InputRange> ranges, ReadOptions options) {
    this.ranges = List.copyOf(ranges);
    this.options = options;
  }

  /** Combines consecutive ranges up to the desired size, to limit the number of tasks. */
  @Override
  public List<RowSource> split(long desiredBytes, PipelineOptions pipelineOptions) {
    long most = Math.max(options.rangeBytes(), Math.min(desiredBytes, 8 * options.rangeBytes()));
    List<RowSource> sources = new ArrayList<>();
    List<InputRange> group = new ArrayList<>();
    long bytes = 0;
    for (InputRange range : ranges) {
      if (!group.isEmpty() && bytes + range.estimatedBytes() > most) {
        sources.add(new RowSource(group, options));
        group.clear();
        bytes = 0;
      }
      group.add(range);
      bytes += range.estimatedBytes();
    }
    if (!group.isEmpty()) {
      sources.add(new RowSource(group, options));
    }
    return sources;
  }

  @Override
  public long getEstimatedSizeBytes(PipelineOptions pipelineOptions) {
    return ranges.stream().mapToLong(InputRange::estimatedBytes).sum();
  }

  @Override
  public Coder<Outcome<Row>> getOutputCoder() {
    return OutcomeCoder.of(RowCoder.of());
  }

  @Override
  public BoundedReader<Outcome<Row>> createReader(PipelineOptions pipelineOptions) {
    return new Reader(this);
  }

  /** Reads one range after the other. */
  private static final class Reader extends BoundedReader<Outcome<Row>> {

    private final RowSource source;
    private int next;
    private @Nullable RangeReader reader;
    private @Nullable Outcome<Row> current;

    Reader(RowSource source) {
      this.source = source;
    }

    @Override
    public boolean start() throws IOException {
      return advance();
    }

    @Override
    public boolean advance() throws IOException {
      while (true) {
        if (reader == null) {
          if (next == source.ranges.size()) {
            current = null;
            return false;
          }
          reader = RangeReader.open(source.ranges.get(next++), source.options);
        }
        current = reader.next();
        if (current != null) {
          Progress.read(1);
          return true;
        }
        reader.close();
        reader = null;
      }
    }

    @Override
    public Outcome<Row> getCurrent() {
      if (current == null) {
        throw new NoSuchElementException();
      }
      return current;
    }

    @Override
    public void close() throws IOException {
      if (reader != null) {
        reader.close();
      }
    }

    @Override
    public RowSource getCurrentSource() {
      return source;
    }
  }
}
