package dev.tunebeam.runner.plan;

import java.util.Map;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.DoFnSchemaInformation;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;

/**
 * A function of each element.
 *
 * @param outputs by their tags, those too that nobody reads
 * @param sideInputs by the names that the function may have given them
 * @param firstLevel from which on the side inputs can be read; elements that come before wait
 */
public record ParDoStep(
    String name,
    DoFn<Object, Object> fn,
    PCollection<?> input,
    TupleTag<?> mainTag,
    Map<TupleTag<?>, PCollection<?>> outputs,
    Map<String, PCollectionView<?>> sideInputs,
    DoFnSchemaInformation schemaInformation,
    int firstLevel)
    implements Consumer {}
