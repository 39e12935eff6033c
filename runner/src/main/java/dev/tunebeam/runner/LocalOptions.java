package dev.tunebeam.runner;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.DefaultValueFactory;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;

/** Options of {@link LocalRunner}. */
public interface LocalOptions extends PipelineOptions {

  @Description("Threads that work on the pipeline; by default as many as there are processors.")
  @Default.InstanceFactory(Processors.class)
  int getLocalWorkers();

  void setLocalWorkers(int workers);

  @Description(
      "The folder for what does not fit into memory; it may get as large as the input and more. By"
          + " default java.io.tmpdir.")
  @Default.InstanceFactory(TemporaryFolder.class)
  String getSpillLocation();

  void setSpillLocation(String folder);

  @Description(
      "How many bytes of stored values are held in memory before they are spilled; by default a"
          + " twentieth of the heap.")
  @Default.InstanceFactory(ShareOfHeap.class)
  long getLocalBufferBytes();

  void setLocalBufferBytes(long bytes);

  /** As many as there are. */
  final class Processors implements DefaultValueFactory<Integer> {
    @Override
    public Integer create(PipelineOptions options) {
      return Runtime.getRuntime().availableProcessors();
    }
  }

  /** The system's. */
  final class TemporaryFolder implements DefaultValueFactory<String> {
    @Override
    public String create(PipelineOptions options) {
      return System.getProperty("java.io.tmpdir");
    }
  }

  /** More is no faster: what is held long costs the garbage collector as much as a file. */
  final class ShareOfHeap implements DefaultValueFactory<Long> {
    @Override
    public Long create(PipelineOptions options) {
      return Runtime.getRuntime().maxMemory() / 20;
    }
  }
}
