package dev.tunebeam.runner.execute;

import java.util.List;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.reflect.DoFnInvoker.BaseArgumentProvider;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.WindowedValue;
import org.apache.beam.sdk.values.WindowedValues;
import org.joda.time.Instant;

/** What a function's StartBundle and FinishBundle may ask for as their parameters. */
final class BundleArguments extends BaseArgumentProvider<Object, Object> {

  private final String step;
  private final ElementContext context;

  BundleArguments(String step, ElementContext context) {
    this.step = step;
    this.context = context;
  }

  @Override
  public PipelineOptions pipelineOptions() {
    return context.getPipelineOptions();
  }

  @Override
  public DoFn<Object, Object>.StartBundleContext startBundleContext(DoFn<Object, Object> fn) {
    return new Start(fn, context);
  }

  @Override
  public DoFn<Object, Object>.FinishBundleContext finishBundleContext(DoFn<Object, Object> fn) {
    return new Finish(fn, context);
  }

  @Override
  public String getErrorContext() {
    return step;
  }

  private static final class Start extends DoFn<Object, Object>.StartBundleContext {

    private final ElementContext context;

    Start(DoFn<Object, Object> fn, ElementContext context) {
      fn.super();
      this.context = context;
    }

    @Override
    public PipelineOptions getPipelineOptions() {
      return context.getPipelineOptions();
    }
  }

  private static final class Finish extends DoFn<Object, Object>.FinishBundleContext {

    private final ElementContext context;

    Finish(DoFn<Object, Object> fn, ElementContext context) {
      fn.super();
      this.context = context;
    }

    @Override
    public PipelineOptions getPipelineOptions() {
      return context.getPipelineOptions();
    }

    @Override
    public void output(Object value, Instant timestamp, BoundedWindow window) {
      context.outputs().main().accept(element(value, timestamp, window));
    }

    @Override
    public <T> void output(TupleTag<T> tag, T value, Instant timestamp, BoundedWindow window) {
      context.outputs().of(tag).accept(element(value, timestamp, window));
    }

    private static WindowedValue<Object> element(
        Object value, Instant timestamp, BoundedWindow window) {
      ElementContext.checkWindows(List.of(window));
      return WindowedValues.of(value, timestamp, window, PaneInfo.NO_FIRING);
    }
  }
}
