package dev.tunebeam.runner.execute;

import java.util.Collection;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.WindowedValue;
import org.apache.beam.sdk.values.WindowedValues;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/** The element that a function processes, and where its output goes. */
final class ElementContext extends DoFn<Object, Object>.ProcessContext {

  private final PipelineOptions options;
  private final StepSideInputs sideInputs;
  private final Duration allowedSkew;
  private WindowedValue<Object> current = WindowedValues.valueInGlobalWindow(new Object());
  private Outputs outputs;

  ElementContext(
      DoFn<Object, Object> fn,
      PipelineOptions options,
      StepSideInputs sideInputs,
      Outputs outputs) {
    fn.super();
    this.options = options;
    this.sideInputs = sideInputs;
    this.outputs = outputs;
    this.allowedSkew = allowedSkewOf(fn);
  }

  @SuppressWarnings("deprecation") // Not used by new functions; still a promise to old ones.
  private static Duration allowedSkewOf(DoFn<?, ?> fn) {
    return fn.getAllowedTimestampSkew();
  }

  void connect(Outputs next) {
    outputs = next;
  }

  void become(WindowedValue<Object> element) {
    current = element;
  }

  WindowedValue<Object> current() {
    return current;
  }

  Outputs outputs() {
    return outputs;
  }

  StepSideInputs sideInputs() {
    return sideInputs;
  }

  @Override
  public PipelineOptions getPipelineOptions() {
    return options;
  }

  @Override
  public Object element() {
    return current.getValue();
  }

  @Override
  public <T> T sideInput(PCollectionView<T> view) {
    return sideInputs.get(view);
  }

  @Override
  public Instant timestamp() {
    return current.getTimestamp();
  }

  @Override
  public PaneInfo pane() {
    return current.getPaneInfo();
  }

  @Override
  public @Nullable String currentRecordId() {
    return current.getRecordId();
  }

  @Override
  public @Nullable Long currentRecordOffset() {
    return current.getRecordOffset();
  }

  @Override
  public void output(Object value) {
    outputs.main().accept(current.withValue(value));
  }

  @Override
  public void outputWithTimestamp(Object value, Instant timestamp) {
    outputs.main().accept(at(value, timestamp, current.getPaneInfo()));
  }

  @Override
  public void outputWindowedValue(
      Object value, Instant timestamp, Collection<? extends BoundedWindow> windows, PaneInfo pane) {
    checkWindows(windows);
    outputs.main().accept(at(value, timestamp, pane));
  }

  @Override
  public <T> void output(TupleTag<T> tag, T value) {
    outputs.of(tag).accept(current.withValue(value));
  }

  @Override
  public <T> void outputWithTimestamp(TupleTag<T> tag, T value, Instant timestamp) {
    outputs.of(tag).accept(at(value, timestamp, current.getPaneInfo()));
  }

  @Override
  public <T> void outputWindowedValue(
      TupleTag<T> tag,
      T value,
      Instant timestamp,
      Collection<? extends BoundedWindow> windows,
      PaneInfo pane) {
    checkWindows(windows);
    outputs.of(tag).accept(at(value, timestamp, pane));
  }

  private WindowedValue<Object> at(Object value, Instant timestamp, PaneInfo pane) {
    // Compared with saturation: an element without a timestamp has the least there is.
    long earliest = current.getTimestamp().getMillis();
    if (allowedSkew.getMillis() > earliest - BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis()) {
      earliest = BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis();
    } else {
      earliest -= allowedSkew.getMillis();
    }
    if (timestamp.getMillis() < earliest || timestamp.isAfter(BoundedWindow.TIMESTAMP_MAX_VALUE)) {
      throw new IllegalArgumentException(
          "Cannot output with timestamp %s. Output timestamps must be no earlier than the timestamp of the current input (%s) minus the allowed skew (%s) and no later than %s. See DoFn#getAllowedTimestampSkew()."
              .formatted(
                  timestamp,
                  current.getTimestamp(),
                  allowedSkew.getMillis() >= Integer.MAX_VALUE
                      ? allowedSkew
                      : org.joda.time.format.PeriodFormat.getDefault()
                          .print(allowedSkew.toPeriod()),
                  BoundedWindow.TIMESTAMP_MAX_VALUE));
    }
    return WindowedValues.of(value, timestamp, GlobalWindow.INSTANCE, pane);
  }

  static void checkWindows(Collection<? extends BoundedWindow> windows) {
    for (BoundedWindow window : windows) {
      if (!(window instanceof GlobalWindow)) {
        throw new UnsupportedOperationException(
            "LocalRunner knows the global window only, not %s".formatted(window));
      }
    }
  }
}
