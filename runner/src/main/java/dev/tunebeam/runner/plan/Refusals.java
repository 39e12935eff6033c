package dev.tunebeam.runner.plan;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.Pipeline.PipelineVisitor;
import org.apache.beam.sdk.runners.TransformHierarchy.Node;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.Impulse;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Redistribute;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.transforms.reflect.DoFnSignature;
import org.apache.beam.sdk.transforms.reflect.DoFnSignature.Parameter;
import org.apache.beam.sdk.transforms.reflect.DoFnSignatures;
import org.apache.beam.sdk.transforms.windowing.DefaultTrigger;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.transforms.windowing.Never.NeverTrigger;
import org.apache.beam.sdk.transforms.windowing.TimestampCombiner;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.util.construction.SplittableParDo.PrimitiveBoundedRead;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollection.IsBounded;
import org.apache.beam.sdk.values.WindowingStrategy;

/** What is in a pipeline that this runner does not run. All of it is told at once. */
public final class Refusals extends PipelineVisitor.Defaults {

  private static final List<Class<?>> KNOWN =
      List.of(
          Flatten.PCollections.class,
          GroupByKey.class,
          Impulse.class,
          ParDo.MultiOutput.class,
          PrimitiveBoundedRead.class,
          View.CreatePCollectionView.class,
          Window.Assign.class);

  private final Set<String> refused = new LinkedHashSet<>();

  private Refusals() {}

  /**
   * Looks at a pipeline as it was written.
   *
   * @throws UnsupportedOperationException if something is refused
   */
  public static void check(Pipeline pipeline) {
    Refusals refusals = new Refusals();
    pipeline.traverseTopologically(refusals);
    if (!refusals.refused.isEmpty()) {
      throw new UnsupportedOperationException(
          """
          LocalRunner runs bounded pipelines in the global window. It does not run
            %s
          Take --runner=DirectRunner for little data, or the runner of a cluster (SparkRunner, FlinkRunner)."""
              .formatted(String.join("\n  ", refusals.refused)));
    }
  }

  @Override
  public CompositeBehavior enterCompositeTransform(Node node) {
    PTransform<?, ?> transform = node.getTransform();
    // Run as one step, without the windows and triggers of which Beam makes them.
    return transform instanceof Reshuffle || transform instanceof Redistribute.RedistributeByKey
        ? CompositeBehavior.DO_NOT_ENTER_TRANSFORM
        : CompositeBehavior.ENTER_TRANSFORM;
  }

  @Override
  public void visitPrimitiveTransform(Node node) {
    PTransform<?, ?> transform = node.getTransform();
    if (KNOWN.stream().noneMatch(known -> known.isInstance(transform))) {
      refuse(node, transform == null ? "no transform" : transform.getClass().getName());
    }
    node.getOutputs().values().forEach(output -> checkOutput(node, output));
    if (transform instanceof GroupByKey) {
      node.getInputs().values().forEach(in -> checkGrouping(node, in.getWindowingStrategy()));
    }
    if (transform instanceof ParDo.MultiOutput<?, ?> parDo) {
      checkFunction(node, parDo.getFn());
    }
  }

  private void refuse(Node node, String feature) {
    refused.add("%s: %s".formatted(node.getFullName(), feature));
  }

  private void checkOutput(Node node, PCollection<?> output) {
    if (output.isBounded() == IsBounded.UNBOUNDED) {
      refuse(node, "an unbounded collection");
    }
    WindowingStrategy<?, ?> windows = output.getWindowingStrategy();
    if (!windows.getWindowFn().windowCoder().equals(GlobalWindow.Coder.INSTANCE)) {
      refuse(node, "windows (%s)".formatted(windows.getWindowFn()));
    }
  }

  /** All values of a key come at once: a trigger that fires at the end is no other. */
  private void checkGrouping(Node node, WindowingStrategy<?, ?> windows) {
    if (!(windows.getTrigger() instanceof DefaultTrigger)
        && !(windows.getTrigger() instanceof NeverTrigger)) {
      refuse(node, "a trigger (%s)".formatted(windows.getTrigger()));
    }
    if (windows.getTimestampCombiner() != TimestampCombiner.END_OF_WINDOW) {
      refuse(node, "a timestamp combiner (%s)".formatted(windows.getTimestampCombiner()));
    }
  }

  private void checkFunction(Node node, DoFn<?, ?> fn) {
    DoFnSignature signature = DoFnSignatures.signatureForDoFn(fn);
    if (signature.usesState()) {
      refuse(node, "state %s".formatted(signature.stateDeclarations().keySet()));
    }
    if (signature.usesTimers()) {
      refuse(node, "timers");
    }
    if (signature.onWindowExpiration() != null) {
      refuse(node, "@OnWindowExpiration");
    }
    if (signature.processElement().requiresTimeSortedInput()) {
      refuse(node, "@RequiresTimeSortedInput");
    }
    if (signature.processElement().isSplittable()
        && signature.isBoundedPerElement() == IsBounded.UNBOUNDED) {
      refuse(node, "a splittable DoFn without end");
    }
    if (signature.processElement().extraParameters().stream()
        .anyMatch(Parameter.BundleFinalizerParameter.class::isInstance)) {
      refuse(node, "a bundle finalizer");
    }
  }
}
