package dev.tunebeam.dataset.monitoring;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineageDatasetTest {

  private static String name(String path) {
    LineageDataset dataset = LineageDataset.at(path, Map.of(), Map.of());
    return dataset.namespace() + " " + dataset.name();
  }

  @ParameterizedTest
  @CsvSource({
    "/data/out/, file /data/out",
    "file:///data/out, file /data/out",
    "/data/./a/../out, file /data/out",
    "/data/2026-*/part-*.jsonl, file /data",
    "'/data/{a,b}/x.csv', file /data",
    "/*.csv, file /",
    "s3://bucket/data/out, s3://bucket data/out",
    "s3a://bucket/data/*.csv, s3://bucket data",
    "s3://bucket, s3://bucket /",
    "gs://bucket/x/, gs://bucket x",
    "hdfs://name:8020/data/out, hdfs://name:8020 /data/out",
  })
  void aDatasetIsNamedAsOpenLineageNamesFiles(String path, String expected) {
    assertThat(name(path), equalTo(expected));
  }

  @Test
  void aRelativePathIsSeenFromTheWorkingFolder() {
    String here = Path.of("").toAbsolutePath().toString().replace('\\', '/');
    assertThat(name("out"), equalTo("file %s/out".formatted(here)));
    assertThat(name("*.csv"), equalTo("file " + here));
  }
}
