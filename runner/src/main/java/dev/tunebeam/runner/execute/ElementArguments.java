package dev.tunebeam.runner.execute;

import java.util.Map;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.schemas.SchemaCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.DoFn.MultiOutputReceiver;
import org.apache.beam.sdk.transforms.DoFn.OutputReceiver;
import org.apache.beam.sdk.transforms.DoFnOutputReceivers;
import org.apache.beam.sdk.transforms.DoFnSchemaInformation;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.reflect.DoFnInvoker.BaseArgumentProvider;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.util.OutputBuilderSupplier;
import org.apache.beam.sdk.values.OutputBuilder;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.WindowedValues;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a function's ProcessElement may ask for as its parameters. */
final class ElementArguments extends BaseArgumentProvider<Object, Object> {

  private final String step;
  private final ElementContext context;
  private final DoFnSchemaInformation schemaInformation;
  private final TupleTag<?> mainTag;
  private final Map<TupleTag<?>, Coder<?>> outputCoders;
  private final OutputBuilderSupplier builders =
      new OutputBuilderSupplier() {
        @Override
        public <T> WindowedValues.Builder<T> builder(T value) {
          return WindowedValues.builder(context.current()).withValue(value);
        }
      };
  private final OutputReceiver<Object> mainOutput =
      new OutputReceiver<>() {
        @Override
        public OutputBuilder<Object> builder(Object value) {
          return DoFnOutputReceivers.windowedReceiver(context, builders, null).builder(value);
        }

        @Override
        public void output(Object value) { // The usual way, without a builder.
          context.output(value);
        }
      };
  private final MultiOutputReceiver taggedOutput;

  ElementArguments(
      String step,
      ElementContext context,
      DoFnSchemaInformation schemaInformation,
      TupleTag<?> mainTag,
      Map<TupleTag<?>, Coder<?>> outputCoders) {
    this.step = step;
    this.context = context;
    this.schemaInformation = schemaInformation;
    this.mainTag = mainTag;
    this.outputCoders = outputCoders;
    this.taggedOutput = DoFnOutputReceivers.windowedMultiReceiver(context, builders, outputCoders);
  }

  @Override
  public DoFn<Object, Object>.ProcessContext processContext(DoFn<Object, Object> fn) {
    return context;
  }

  @Override
  public Object element(DoFn<Object, Object> fn) {
    return context.element();
  }

  @Override
  @SuppressWarnings("unchecked") // Beam has checked the converters against the element's schema.
  public Object schemaElement(int index) {
    return ((SerializableFunction<Object, Object>)
            schemaInformation.getElementConverters().get(index))
        .apply(context.element());
  }

  @Override
  public @Nullable Object sideInput(String name) {
    return context.sideInputs().get(name);
  }

  @Override
  public Instant timestamp(DoFn<Object, Object> fn) {
    return context.timestamp();
  }

  @Override
  public BoundedWindow window() {
    return GlobalWindow.INSTANCE;
  }

  @Override
  public PaneInfo paneInfo(DoFn<Object, Object> fn) {
    return context.pane();
  }

  @Override
  public PipelineOptions pipelineOptions() {
    return context.getPipelineOptions();
  }

  @Override
  public OutputReceiver<Object> outputReceiver(DoFn<Object, Object> fn) {
    return mainOutput;
  }

  @Override
  public OutputReceiver<Row> outputRowReceiver(DoFn<Object, Object> fn) {
    return DoFnOutputReceivers.rowReceiver(
        context, builders, null, (SchemaCoder<?>) outputCoders.get(mainTag));
  }

  @Override
  public MultiOutputReceiver taggedOutputReceiver(DoFn<Object, Object> fn) {
    return taggedOutput;
  }

  @Override
  public String getErrorContext() {
    return step;
  }
}
