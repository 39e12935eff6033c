package dev.tunebeam.runner.execute;

import dev.tunebeam.runner.plan.ParDoStep;
import java.util.HashMap;
import java.util.Map;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.metrics.MetricsContainer;
import org.apache.beam.sdk.metrics.MetricsEnvironment;
import org.apache.beam.sdk.metrics.MetricsEnvironment.MetricsEnvironmentState;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.reflect.DoFnInvoker;
import org.apache.beam.sdk.transforms.reflect.DoFnInvokers;
import org.apache.beam.sdk.util.SerializableUtils;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.WindowedValue;
import org.jspecify.annotations.Nullable;

/** A worker's own instance of a function: set up and begun when the first element comes. */
final class DoFnHost implements Receiver {

  private final ParDoStep step;
  private final DoFn<Object, Object> fn;
  private final ElementContext context;
  private final ElementArguments elementArguments;
  private final BundleArguments bundleArguments;
  private final MetricsContainer metrics;
  private final StopSignal signal;
  private MetricsEnvironmentState environment;
  private @Nullable DoFnInvoker<Object, Object> invoker;
  private boolean inBundle;

  DoFnHost(
      ParDoStep step,
      PipelineOptions options,
      SideInputs sideInputs,
      MetricsContainer metrics,
      StopSignal signal) {
    this.step = step;
    this.fn = SerializableUtils.clone(step.fn());
    this.metrics = metrics;
    this.signal = signal;
    this.environment = MetricsEnvironment.getMetricsEnvironmentStateForCurrentThread();
    this.context =
        new ElementContext(
            fn,
            options,
            new StepSideInputs(step, sideInputs),
            new Outputs(step.mainTag(), Map.of()));
    this.elementArguments =
        new ElementArguments(
            step.name(), context, step.schemaInformation(), step.mainTag(), outputCoders(step));
    this.bundleArguments = new BundleArguments(step.name(), context);
  }

  private static Map<TupleTag<?>, Coder<?>> outputCoders(ParDoStep step) {
    Map<TupleTag<?>, Coder<?>> coders = new HashMap<>();
    step.outputs().forEach((tag, output) -> coders.put(tag, output.getCoder()));
    return coders;
  }

  /** Sends the output elsewhere: to be called on the thread that will bring the elements. */
  void connect(Outputs outputs) {
    context.connect(outputs);
    environment = MetricsEnvironment.getMetricsEnvironmentStateForCurrentThread();
  }

  @Override
  public void accept(WindowedValue<Object> element) {
    signal.check();
    MetricsContainer outer = environment.activate(metrics);
    try {
      DoFnInvoker<Object, Object> begun = inBundle && invoker != null ? invoker : begin();
      context.become(element);
      begun.invokeProcessElement(elementArguments);
    } catch (Throwable e) {
      // The function that put out the element may catch it: an element would be lost.
      signal.fail(e);
      throw e;
    } finally {
      environment.activate(outer);
    }
  }

  private DoFnInvoker<Object, Object> begin() {
    DoFnInvoker<Object, Object> ready = invoker;
    if (ready == null) {
      ready = DoFnInvokers.tryInvokeSetupFor(fn, context.getPipelineOptions());
      invoker = ready;
    }
    ready.invokeStartBundle(bundleArguments);
    inBundle = true;
    return ready;
  }

  /** Ends the bundle if there is one. */
  void finishBundle() {
    DoFnInvoker<Object, Object> begun = invoker;
    if (!inBundle || begun == null) {
      return;
    }
    inBundle = false;
    MetricsContainer outer = environment.activate(metrics);
    try {
      begun.invokeFinishBundle(bundleArguments);
    } catch (Throwable e) {
      signal.fail(e);
      throw e;
    } finally {
      environment.activate(outer);
    }
  }

  /** Tears the instance down if it was set up. */
  void tearDown() {
    DoFnInvoker<Object, Object> ready = invoker;
    invoker = null;
    if (ready != null) {
      MetricsContainer outer = MetricsEnvironment.setCurrentContainer(metrics);
      try {
        ready.invokeTeardown();
      } finally {
        MetricsEnvironment.setCurrentContainer(outer);
      }
    }
  }

  @Override
  public String toString() {
    return step.name();
  }
}
