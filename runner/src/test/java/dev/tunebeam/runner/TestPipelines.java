package dev.tunebeam.runner;

import java.nio.file.Path;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/** Pipelines for the runner under test. */
final class TestPipelines {

  private TestPipelines() {}

  static Pipeline create() {
    return Pipeline.create(options());
  }

  static Pipeline create(Path spillFolder, long bufferBytes) {
    LocalOptions options = options();
    options.setSpillLocation(spillFolder.toString());
    options.setLocalBufferBytes(bufferBytes);
    return Pipeline.create(options);
  }

  private static LocalOptions options() {
    return PipelineOptionsFactory.fromArgs("--runner=LocalRunner", "--localWorkers=3")
        .as(LocalOptions.class);
  }
}
