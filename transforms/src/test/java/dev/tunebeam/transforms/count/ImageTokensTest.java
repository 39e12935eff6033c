package dev.tunebeam.transforms.count;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tunebeam.transforms.example.Example;
import dev.tunebeam.transforms.example.Message;
import dev.tunebeam.transforms.row.RejectException;
import dev.tunebeam.transforms.row.Source;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ImageTokensTest {

  private static final ImageTokens GPT_4O =
      new ImageTokens("gpt-4o", true, new ImageTokens.Rule(85, 170, 2));

  /** A PNG of 1 x 1 pixels, in RGB. */
  private static final String DOT = png(1, 1, 2);

  @ParameterizedTest
  @CsvSource({
    // The examples of OpenAI's guide: 765 and 1105 tokens.
    "1024, 1024, 765",
    "2048, 4096, 1105",
    "1, 1, 255",
    "512, 512, 255",
    "513, 512, 425",
    "768, 768, 765",
    "4096, 4096, 765",
    "2049, 2048, 765",
    "1000000, 1, 765",
    "1, 1000000, 765",
    "1366, 768, 1105"
  })
  void anImageIsScaledDownAndCountedInTiles(int width, int height, int tokens) {
    assertThat(
        GPT_4O.count(example(image(png(width, height, 6)))), equalTo(new ImageCount(1, 0, tokens)));
  }

  @Test
  void lowDetailCostsTheBaseAloneWhateverTheSize() {
    assertThat(
        GPT_4O.count(
            example(image(png(4000, 3000, 2), "low"), image("https://example.com/a.png", "low"))),
        equalTo(new ImageCount(2, 0, 170)));
  }

  @Test
  void anImageThatIsNotInTheRowIsOfUnknownSize() {
    assertThat(
        GPT_4O.count(example(image(DOT, "auto"), image("https://example.com/a.png", "high"))),
        equalTo(new ImageCount(2, 1, 255)));
  }

  @Test
  void withoutTheArithmeticOfTheModelNoImageHasAKnownSize() {
    assertThat(
        ImageTokens.UNKNOWN.count(example(image(DOT), image("HTTP://a/b.png", "low"))),
        equalTo(new ImageCount(2, 2, 0)));
  }

  @ParameterizedTest
  @CsvSource({
    "a JPEG in colour, FFD8FFE000044A46FFFE000300FFC0001108004000800301, 128 x 64 true",
    "a grey JPEG, FFD8FFC2000B08004000800101, 128 x 64 false",
    "a PNG with a palette, 89504E470D0A1A0A0000000D4948445200000080000000400803, 128 x 64 false",
    "a GIF, 47494638396180004000, 128 x 64 false",
    "WebP with loss, 524946460000000057454250565038200000000000000000000080004000, 128 x 64 true",
    "WebP without loss, 52494646000000005745425056503" + "84C000000002F7FC00F00, 128 x 64 true",
    "extended WebP, 524946460000000057454250565038580A000000100000007F00003F0000, 128 x 64 true",
    "a PNG without height, 89504E470D0A1A0A0000000D4948445200000080000000000802, null",
    "half a PNG, 89504E470D0A1A0A0000000D49484452000000, null",
    "text, 68656C6C6F20776F726C64, null"
  })
  void theHeaderOfAnImageGivesItsSizeAndColours(String what, String hex, String size) {
    ImageHeader header =
        ImageHeader.read(new java.io.ByteArrayInputStream(HexFormat.of().parseHex(hex)));
    assertThat(
        what,
        header == null
            ? "null"
            : String.format(
                Locale.ROOT, "%d x %d %s", header.width(), header.height(), header.isColour()),
        equalTo(size));
  }

  @Test
  void whatCannotBeTrainedOnIsRefusedWithWhatToDo() {
    assertThat(
        refusal(example(image(DOT), image("img/cat.jpg"))),
        equalTo(
            "image 2 is img/cat.jpg, which a provider cannot read; put the image into the row as a"
                + " data URL (data:image/png;base64,…), or name its https URL"));
    assertThat(
        refusal(example(image("data:image/png,abc"))),
        equalTo("image 1 is a data URL without Base64; write data:image/png;base64,…"));
    assertThat(
        refusal(example(image(data("68656C6C6F")))),
        equalTo("image 1 cannot be read; images are PNG, JPEG or WebP in Base64"));
    assertThat(
        refusal(example(image(data("47494638396180004000")))),
        equalTo("image 1 is a GIF; images are PNG, JPEG or WebP"));
    assertThat(
        refusal(example(image(png(8, 8, 3)))),
        equalTo("image 1 is a PNG that is not RGB or RGBA; convert it"));
    assertThat(
        refusal(example(image("data:image/png;base64," + "A".repeat(14_000_004)))),
        equalTo("image 1 has 10,500,003 bytes; images have at most 10,485,760"));
    assertThat(
        refusal(example(image(DOT), image(DOT), image(DOT))),
        equalTo("the example has 3 images; gpt-4o trains on at most 2 in one"));
    ImageTokens textOnly = new ImageTokens("gpt-4o-mini", false, null);
    assertThat(
        assertThrows(RejectException.class, () -> textOnly.count(example(image(DOT)))).getMessage(),
        equalTo(
            "the example has an image, and the catalogue does not say that gpt-4o-mini trains on"
                + " images; choose one that does (docs/tokens-and-price.md), or take the image out"));
  }

  private static String refusal(Example example) {
    return String.valueOf(
        assertThrows(RejectException.class, () -> GPT_4O.count(example)).getMessage());
  }

  private static Example example(Map<?, ?>... images) {
    List<Object> parts = new ArrayList<>(List.of(Map.of("type", "text", "text", "What is it?")));
    parts.addAll(List.of(images));
    return new Example(
        new Source(0, 0, 0),
        0,
        "",
        List.of(
            new Message(Message.USER, parts, Map.of()), Message.of(Message.ASSISTANT, "A dot.")),
        Map.of(),
        null,
        false,
        false);
  }

  private static Map<String, Object> image(String url) {
    return Map.of("type", "image_url", "image_url", Map.of("url", url));
  }

  private static Map<String, Object> image(String url, String detail) {
    return Map.of("type", "image_url", "image_url", Map.of("url", url, "detail", detail));
  }

  private static String png(int width, int height, int colour) {
    return data(
        String.format(
            Locale.ROOT, "89504E470D0A1A0A0000000D49484452%08X%08X08%02X", width, height, colour));
  }

  private static String data(String hex) {
    return "data:image/png;base64,"
        + Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
  }
}
