package dev.tunebeam.runner.plan;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.beam.sdk.runners.TransformHierarchy.Node;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.reflect.DoFnSignature;
import org.apache.beam.sdk.transforms.reflect.DoFnSignature.Parameter;
import org.apache.beam.sdk.transforms.reflect.DoFnSignatures;
import org.apache.beam.sdk.transforms.windowing.DefaultTrigger;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.transforms.windowing.Never.NeverTrigger;
import org.apache.beam.sdk.transforms.windowing.TimestampCombiner;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollection.IsBounded;
import org.apache.beam.sdk.values.WindowingStrategy;

/** What is found in a pipeline that this runner does not run. All of it is told at once. */
final class Refusals {

  private final Set<String> refused = new LinkedHashSet<>();

  void refuse(Node node, String feature) {
    refused.add("%s: %s".formatted(node.getFullName(), feature));
  }

  void checkOutputs(Node node) {
    for (PCollection<?> output : node.getOutputs().values()) {
      if (output.isBounded() == IsBounded.UNBOUNDED) {
        refuse(node, "an unbounded collection");
      }
      WindowingStrategy<?, ?> windows = output.getWindowingStrategy();
      if (!windows.getWindowFn().windowCoder().equals(GlobalWindow.Coder.INSTANCE)) {
        refuse(node, "windows (%s)".formatted(windows.getWindowFn()));
      }
    }
  }

  /** All values of a key come at once: a trigger that fires at the end is no other. */
  void checkGrouping(Node node, WindowingStrategy<?, ?> windows) {
    if (!(windows.getTrigger() instanceof DefaultTrigger)
        && !(windows.getTrigger() instanceof NeverTrigger)) {
      refuse(node, "a trigger (%s)".formatted(windows.getTrigger()));
    }
    if (windows.getTimestampCombiner() != TimestampCombiner.END_OF_WINDOW) {
      refuse(node, "a timestamp combiner (%s)".formatted(windows.getTimestampCombiner()));
    }
  }

  boolean refusesParDo(Node node, DoFn<?, ?> fn) {
    DoFnSignature signature = DoFnSignatures.signatureForDoFn(fn);
    List<String> features = new ArrayList<>();
    if (signature.usesState()) {
      features.add("state %s".formatted(signature.stateDeclarations().keySet()));
    }
    if (signature.usesTimers()) {
      features.add("timers");
    }
    if (signature.onWindowExpiration() != null) {
      features.add("@OnWindowExpiration");
    }
    if (signature.processElement().requiresTimeSortedInput()) {
      features.add("@RequiresTimeSortedInput");
    }
    if (signature.processElement().isSplittable()) {
      features.add("an unbounded splittable DoFn");
    }
    if (signature.processElement().extraParameters().stream()
        .anyMatch(Parameter.BundleFinalizerParameter.class::isInstance)) {
      features.add("a bundle finalizer");
    }
    features.forEach(feature -> refuse(node, feature));
    return !features.isEmpty();
  }

  void check() {
    if (!refused.isEmpty()) {
      throw new UnsupportedOperationException(
          """
          LocalRunner runs bounded pipelines in the global window. It does not run
            %s
          Take --runner=DirectRunner for little data, or the runner of a cluster (SparkRunner, FlinkRunner)."""
              .formatted(String.join("\n  ", refused)));
    }
  }
}
