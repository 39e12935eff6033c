package dev.tunebeam.runner.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.Pipeline.PipelineVisitor;
import org.apache.beam.sdk.coders.CannotProvideCoderException;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.runners.AppliedPTransform;
import org.apache.beam.sdk.runners.TransformHierarchy.Node;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.Combine.CombineFn;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.Impulse;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Redistribute;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.util.construction.ParDoTranslation;
import org.apache.beam.sdk.util.construction.SplittableParDo.PrimitiveBoundedRead;
import org.apache.beam.sdk.util.construction.TransformInputs;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.jspecify.annotations.Nullable;

/** Walks over a pipeline and notes what is to run. */
public final class PlanBuilder extends PipelineVisitor.Defaults {

  private final List<Step> steps = new ArrayList<>();
  private final Map<PCollection<?>, List<Consumer>> consumers = new HashMap<>();

  /** Outputs that are the input under another name: of Flatten and of windows. */
  private final Map<PCollection<?>, List<PCollection<?>>> renamed = new HashMap<>();

  /** The last level on which elements of a collection come. */
  private final Map<PCollection<?>, Integer> lastLevels = new HashMap<>();

  private final Map<PCollectionView<?>, Integer> viewLevels = new HashMap<>();
  private final Pipeline pipeline;

  private PlanBuilder(Pipeline pipeline) {
    this.pipeline = pipeline;
  }

  /**
   * Plans a pipeline of which nothing is refused, and whose sources and splittable functions were
   * replaced.
   */
  public static Plan plan(Pipeline pipeline) {
    PlanBuilder builder = new PlanBuilder(pipeline);
    pipeline.traverseTopologically(builder);
    int last = 0;
    for (int level : builder.lastLevels.values()) {
      last = Math.max(last, level);
    }
    return new Plan(builder.steps, builder.consumersByCollection(), last + 1);
  }

  @Override
  public CompositeBehavior enterCompositeTransform(Node node) {
    PTransform<?, ?> transform = node.getTransform();
    if (transform instanceof Combine.PerKey<?, ?, ?> combine && addCombine(node, combine)) {
      return CompositeBehavior.DO_NOT_ENTER_TRANSFORM;
    }
    if (transform instanceof Reshuffle || transform instanceof Redistribute.RedistributeByKey) {
      PCollection<?> input = inputOf(node);
      add(new ReshuffleStep(node.getFullName(), input, outputOf(node), lastLevel(input) + 1));
      return CompositeBehavior.DO_NOT_ENTER_TRANSFORM;
    }
    return CompositeBehavior.ENTER_TRANSFORM;
  }

  @Override
  public void visitPrimitiveTransform(Node node) {
    PTransform<?, ?> transform = node.getTransform();
    if (transform instanceof Impulse) {
      add(new ImpulseStep(node.getFullName(), outputOf(node)));
    } else if (transform instanceof PrimitiveBoundedRead<?> read) {
      add(new ReadStep(node.getFullName(), read.getSource(), outputOf(node)));
    } else if (transform instanceof ParDo.MultiOutput<?, ?> parDo) {
      addParDo(node, parDo);
    } else if (transform instanceof GroupByKey) {
      addGroup(node);
    } else if (transform instanceof Flatten.PCollections || transform instanceof Window.Assign) {
      for (PCollection<?> input : node.getInputs().values()) {
        renamed.computeIfAbsent(input, unused -> new ArrayList<>()).add(outputOf(node));
        lastLevels.merge(outputOf(node), lastLevel(input), Math::max);
      }
    } else if (transform instanceof View.CreatePCollectionView<?, ?> view) {
      addView(node, view);
    } else {
      throw new IllegalStateException("no step for " + node.getFullName());
    }
  }

  private void addParDo(Node node, ParDo.MultiOutput<?, ?> parDo) {
    int firstLevel = 0;
    for (PCollectionView<?> view : parDo.getSideInputs().values()) {
      firstLevel = Math.max(firstLevel, viewLevels.getOrDefault(view, 0));
    }
    @SuppressWarnings("unchecked") // The elements are what the pipeline made them.
    DoFn<Object, Object> fn = (DoFn<Object, Object>) parDo.getFn();
    PCollection<?> input = inputOf(node);
    AppliedPTransform<?, ?, ?> applied = node.toAppliedPTransform(pipeline);
    steps.add(
        new ParDoStep(
            node.getFullName(),
            fn,
            input,
            parDo.getMainOutputTag(),
            new LinkedHashMap<>(node.getOutputs()),
            Map.copyOf(parDo.getSideInputs()),
            ParDoTranslation.getSchemaInformation(applied),
            firstLevel));
    consume(input);
    for (PCollection<?> output : node.getOutputs().values()) {
      lastLevels.put(output, Math.max(lastLevel(input), firstLevel));
    }
  }

  private void addGroup(Node node) {
    PCollection<?> input = inputOf(node);
    KvCoder<?, ?> coder = (KvCoder<?, ?>) input.getCoder();
    add(
        new GroupStep(
            node.getFullName(),
            input,
            outputOf(node),
            ofAny(coder.getKeyCoder()),
            ofAny(coder.getValueCoder()),
            lastLevel(input) + 1));
  }

  /**
   * Whether the workers can combine before the values meet; else it is a GroupByKey and a ParDo.
   */
  private boolean addCombine(Node node, Combine.PerKey<?, ?, ?> combine) {
    PCollection<?> input = inputOf(node);
    if (!(combine.getFn() instanceof CombineFn<?, ?, ?>)
        || combine.shouldSkipReplacement()
        || !(input.getCoder() instanceof KvCoder<?, ?> coder)) {
      return false;
    }
    @SuppressWarnings("unchecked") // The elements are what the pipeline made them.
    CombineFn<Object, Object, Object> fn = (CombineFn<Object, Object, Object>) combine.getFn();
    Coder<Object> accumulatorCoder = accumulatorCoder(fn, ofAny(coder.getValueCoder()));
    if (accumulatorCoder == null) {
      return false;
    }
    add(
        new CombineStep(
            node.getFullName(),
            input,
            outputOf(node),
            fn,
            ofAny(coder.getKeyCoder()),
            accumulatorCoder,
            lastLevel(input) + 1));
    return true;
  }

  private @Nullable Coder<Object> accumulatorCoder(
      CombineFn<Object, Object, Object> fn, Coder<Object> valueCoder) {
    try {
      return fn.getAccumulatorCoder(pipeline.getCoderRegistry(), valueCoder);
    } catch (CannotProvideCoderException e) {
      return null;
    }
  }

  @SuppressWarnings("deprecation") // For runners there is no other way to know a view.
  private void addView(Node node, View.CreatePCollectionView<?, ?> view) {
    PCollection<?> input = inputOf(node);
    PCollectionView<?> created = view.getView();
    steps.add(new ViewStep(node.getFullName(), input, created, created.getViewFn()));
    consume(input);
    viewLevels.put(created, lastLevel(input) + 1);
    renamed.computeIfAbsent(input, unused -> new ArrayList<>()).add(outputOf(node));
    lastLevels.put(outputOf(node), lastLevel(input) + 1);
  }

  private void add(Root root) {
    steps.add(root);
    if (root instanceof StoredStep stored) {
      consume(stored.input());
      lastLevels.put(stored.output(), stored.readLevel());
    } else {
      lastLevels.put(root.output(), 0);
    }
  }

  /** Makes the step that was added last a consumer. */
  private void consume(PCollection<?> input) {
    consumers
        .computeIfAbsent(input, unused -> new ArrayList<>())
        .add((Consumer) steps.get(steps.size() - 1));
  }

  private int lastLevel(PCollection<?> collection) {
    return lastLevels.getOrDefault(collection, 0);
  }

  private Map<PCollection<?>, List<Consumer>> consumersByCollection() {
    Map<PCollection<?>, List<Consumer>> all = new HashMap<>();
    for (PCollection<?> collection : lastLevels.keySet()) {
      List<Consumer> found = new ArrayList<>();
      collectConsumers(collection, found);
      all.put(collection, found);
    }
    return all;
  }

  private void collectConsumers(PCollection<?> collection, List<Consumer> found) {
    found.addAll(consumers.getOrDefault(collection, List.of()));
    for (PCollection<?> other : renamed.getOrDefault(collection, List.of())) {
      collectConsumers(other, found);
    }
  }

  private PCollection<?> inputOf(Node node) {
    return (PCollection<?>)
        TransformInputs.nonAdditionalInputs(node.toAppliedPTransform(pipeline)).iterator().next();
  }

  private static PCollection<?> outputOf(Node node) {
    return node.getOutputs().values().iterator().next();
  }

  @SuppressWarnings("unchecked") // The elements are what the pipeline made them.
  private static Coder<Object> ofAny(Coder<?> coder) {
    return (Coder<Object>) coder;
  }
}
