package dev.tunebeam.pipelines;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.pipelines.Workbench.Finished;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows with images through the whole job. */
class PrepareImagesTest {

  /** The header of a PNG of 1024 x 1024 pixels, in RGB: 765 tokens. */
  private static final String PNG = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAABAAAAAQACAI=";

  private static final String ROW =
      """
      {"messages":[{"role":"user","content":[{"type":"text","text":"What is it? %s"},{"type":"image_url","image_url":{"url":"%s"}}]},{"role":"assistant","content":"A cat."}]}
      """;

  private final Workbench bench;

  PrepareImagesTest(@TempDir Path folder) throws IOException {
    bench = new Workbench(folder);
  }

  private Finished prepare(String model) {
    return bench.prepare(
        "--input=" + bench.path("rows.jsonl"),
        "--model=" + model,
        "--overwrite",
        "--validation=0",
        "--epochs=1");
  }

  @Test
  void imagesInTheRowsAreCountedAndPriced() throws IOException {
    bench.write("rows.jsonl", ROW.formatted("x", "data:,").replace(IMAGE_OF_NOTHING, ""));
    assertThat(prepare("gpt-4o").err(), equalTo(""));
    int text = bench.manifest().at("/tokens/train").asInt();
    bench.write("rows.jsonl", ROW.formatted("x", PNG));
    Finished finished = prepare("gpt-4o");
    assertThat(finished.err(), equalTo(""));
    JsonNode manifest = bench.manifest();
    assertThat(manifest.at("/tokens/train").asInt(), equalTo(text + 765));
    assertThat(manifest.at("/tokens/images").toString(), equalTo("{\"count\":1,\"unsized\":0}"));
    assertThat(manifest.at("/cost/usd").isNumber(), equalTo(true));
    assertThat(finished.out(), containsString("\n  images: 1\n"));
  }

  @Test
  void withAnImageOfUnknownSizeThePriceIsUnknownAndSaysSo() throws IOException {
    bench.write(
        "rows.jsonl", ROW.formatted("x", PNG) + ROW.formatted("y", "https://example.com/b.png"));
    Finished finished = prepare("gpt-4o");
    JsonNode manifest = bench.manifest();
    assertThat(manifest.at("/tokens/images").toString(), equalTo("{\"count\":2,\"unsized\":1}"));
    assertThat(manifest.at("/cost/usd").isNull(), equalTo(true));
    assertThat(
        manifest.at("/warnings/1").asText(),
        equalTo(
            "1 image is of unknown size: the tokens are not counted, and the price is not known;"
                + " images in data URLs are counted"));
    assertThat(
        finished.out(), containsString("\n  images: 2, 1 of unknown size and not counted\n"));
    assertThat(finished.out(), containsString("without the tokens (+) of 1 image of unknown size"));
  }

  @Test
  void inspectCountsTheSameImages() throws IOException {
    bench.write(
        "rows.jsonl", ROW.formatted("x", PNG) + ROW.formatted("y", "https://example.com/b.png"));
    Finished finished =
        bench.inspect(
            "--input=" + bench.path("rows.jsonl"), "--model=gpt-4o", "--epochs=1", "--verbose");
    assertThat(
        finished.out(), containsString("\n  images: 2, 1 of unknown size and not counted\n"));
    assertThat(finished.out(), containsString("without the tokens (+) of 1 image of unknown size"));
  }

  @Test
  void aModelThatDoesNotTrainOnImagesRejectsTheRows() throws IOException {
    bench.write("rows.jsonl", ROW.formatted("x", PNG));
    Finished finished = prepare("gpt-4o-mini");
    assertThat(finished.code(), equalTo(ExitCode.TOO_MANY_REJECTED));
    assertThat(finished.err(), containsString("unusable_image (1)"));
    assertThat(finished.err(), containsString("gpt-4o-mini-2024-07-18 trains on images"));
  }

  @Test
  void imagesBesideTheTurnsTakeTheirPlaces() throws IOException {
    bench.write(
        "rows.jsonl",
        """
        {"conversations":[{"from":"human","value":"<image>Who?"},{"from":"gpt","value":"Ada."}],"images":["%s"]}
        """
            .formatted(PNG));
    assertThat(prepare("gpt-4o").err(), equalTo(""));
    assertThat(
        bench.examples().get(0),
        equalTo(
            "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\""
                + PNG
                + "\"}},{\"type\":\"text\",\"text\":\"Who?\"}]},{\"role\":\"assistant\",\"content\":\"Ada.\"}]}"));
  }

  private static final String IMAGE_OF_NOTHING =
      ",{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:,\"}}";
}
