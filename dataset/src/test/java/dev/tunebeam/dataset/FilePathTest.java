package dev.tunebeam.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FilePathTest {

  @ParameterizedTest
  @CsvSource({
    "s3://b/k, true, true, s3://b/k, k",
    "gs://b/k/, true, true, gs://b/k/, ''",
    "hdfs:/data/a, true, true, hdfs:/data/a, a",
    "abfss://c@a.net/k, true, true, abfss://c@a.net/k, k",
    "file:/x, false, true, /x, x",
    "file:///x, false, true, /x, x",
    "FILE:///x, false, true, /x, x",
    "/x/y, false, true, /x/y, y",
    "C:\\x\\y, false, true, C:\\x\\y, y",
    "c:/x, false, true, c:/x, x",
    "C:x, false, false, C:x, C:x",
    "x/y, false, false, x/y, y",
    "notes:2024.csv, false, false, notes:2024.csv, notes:2024.csv",
    "file:x, false, false, file:x, file:x",
    "a b:/x, false, false, a b:/x, x"
  })
  void aPathMeansTheSameEverywhere(
      String path, boolean remote, boolean absolute, String local, String name) {
    assertEquals(remote, FilePath.isRemote(path), "remote");
    assertEquals(absolute, FilePath.isAbsolute(path), "absolute");
    assertEquals(local, FilePath.withoutFileScheme(path), "local");
    assertEquals(name, FilePath.name(path), "name");
    assertEquals(absolute ? path : "recipes/" + path, FilePath.seenFrom("recipes/a.yaml", path));
    assertEquals(absolute ? path : "gs://b/" + path, FilePath.seenFrom("gs://b/a.yaml", path));
    assertEquals(path, FilePath.seenFrom("a.yaml", path));
  }
}
