package dev.tunebeam.pipelines;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How messages name the place of a row. */
class PlacesTest {

  private static final String ROW = "{\"prompt\":\"a\",\"completion\":\"b\"}";
  private static final String BAD = "{\"prompt\":\"mail ada@example.com\",\"completion\":\"\"}";

  private final Workbench bench;

  PlacesTest(@TempDir Path folder) {
    bench = new Workbench(folder);
  }

  private void assertThatMessagesName(String place) {
    String input = "--input=" + bench.path("in.*");
    assertThat(bench.prepare(input).err(), containsString(place + ": the completion is blank"));
    assertThat(
        bench.inspect(input, "--verbose", "--maxRejected=1").out(),
        containsString(place + ": the completion is blank"));
  }

  @Test
  void aRowOfAJsonArrayIsAnElementAndNoLine() throws IOException {
    bench.write("in.json", "[", ROW, ",", BAD, "]");
    assertThatMessagesName("in.json, element 2 (line 4)");
  }

  @Test
  void aRowOfALineFormatIsALineAsEditorsOpenIt() throws IOException {
    bench.write("in.jsonl", ROW, BAD);
    assertThatMessagesName("in.jsonl:2");
  }
}
