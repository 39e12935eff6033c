package dev.tunebeam.transforms.count;

import dev.tunebeam.transforms.example.Example;
import dev.tunebeam.transforms.example.Message;
import dev.tunebeam.transforms.row.Reason;
import dev.tunebeam.transforms.row.RejectException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts the tokens of images as OpenAI documents it for its models that see in tiles: an image is
 * scaled down to fit 2,048 x 2,048 pixels, then until its shorter side is at most 768; each tile of
 * 512 x 512 pixels, begun ones included, costs {@code perTile}, and the image {@code base}. With
 * {@code detail: low} it costs {@code base} alone; {@code auto} and no detail count as {@code
 * high}, so that the price is never too low. Source: OpenAI, "Images and vision", section
 * "Calculating costs". What cannot be trained on is refused; limits and formats are those of
 * OpenAI's guide "Vision fine-tuning", the same at Azure OpenAI but for the number of images.
 *
 * <p>Only images in data URLs have a known size; nothing is downloaded. A function of the example
 * alone; decodes no more than the header of an image.
 *
 * @param model the name of the model, for messages
 * @param trains whether it trains on images, as far as is known
 * @param rule its arithmetic; null if unknown, so that no image has a known size
 */
public record ImageTokens(String model, boolean trains, @Nullable Rule rule)
    implements Serializable {

  /**
   * The arithmetic of a model.
   *
   * @param base tokens of every image
   * @param perTile tokens of each tile of 512 x 512 pixels
   * @param perExample the largest number of images in an example
   */
  public record Rule(int base, int perTile, int perExample) implements Serializable {}

  /** A model of which nothing is known. */
  static final ImageTokens UNKNOWN = new ImageTokens("the model", true, null);

  private static final int LARGEST = 2048;
  private static final int SHORTER_SIDE = 768;
  private static final int TILE = 512;
  private static final long MOST_BYTES = 10L * 1024 * 1024;

  /**
   * The images of an example.
   *
   * @throws RejectException if the model cannot be trained on one of them
   */
  ImageCount count(Example example) {
    ImageCount count = ImageCount.NONE;
    for (Message turn : example.messages()) {
      if (turn.content() instanceof List<?> parts) {
        for (Object part : parts) {
          if (part instanceof Map<?, ?> map && map.get("image_url") instanceof Map<?, ?> image) {
            count = count.plus(count(image, count.images() + 1));
          }
        }
      }
    }
    if (rule != null && count.images() > rule.perExample()) {
      throw bad(
          String.format(
              Locale.ROOT,
              "the example has %d images; %s trains on at most %d in one",
              count.images(),
              model,
              rule.perExample()));
    }
    return count;
  }

  private ImageCount count(Map<?, ?> image, int number) {
    if (!trains) {
      throw bad(
          "the example has an image, and the catalogue does not say that %s trains on images; choose one that does (docs/tokens-and-price.md), or take the image out"
              .formatted(model));
    }
    String url = String.valueOf(image.get("url"));
    boolean isLow = "low".equals(image.get("detail"));
    if (url.regionMatches(true, 0, "data:", 0, 5)) {
      ImageHeader header = checked(url, number);
      return rule == null
          ? new ImageCount(1, 1, 0)
          : new ImageCount(1, 0, isLow ? rule.base() : tokens(rule, header));
    }
    if (!url.regionMatches(true, 0, "https://", 0, 8)
        && !url.regionMatches(true, 0, "http://", 0, 7)) {
      throw bad(
          String.format(
              Locale.ROOT,
              "image %d is %s, which a provider cannot read; put the image into the row as a data URL (data:image/png;base64,…), or name its https URL",
              number,
              shown(url)));
    }
    return rule != null && isLow ? new ImageCount(1, 0, rule.base()) : new ImageCount(1, 1, 0);
  }

  private static ImageHeader checked(String url, int number) {
    int comma = url.indexOf(',');
    if (comma < 0 || !url.substring(0, comma).toLowerCase(Locale.ROOT).endsWith(";base64")) {
      throw bad(
          String.format(
              Locale.ROOT,
              "image %d is a data URL without Base64; write data:image/png;base64,…",
              number));
    }
    long bytes = (url.length() - comma - 1L) / 4 * 3;
    if (bytes > MOST_BYTES) {
      throw bad(
          String.format(
              Locale.ROOT,
              "image %d has %,d bytes; images have at most %,d",
              number,
              bytes,
              MOST_BYTES));
    }
    ImageHeader header = ImageHeader.read(decoded(url, comma + 1));
    if (header == null) {
      throw bad(
          String.format(
              Locale.ROOT,
              "image %d cannot be read; images are PNG, JPEG or WebP in Base64",
              number));
    }
    if (header.type() == ImageHeader.Type.GIF) {
      throw bad(
          String.format(Locale.ROOT, "image %d is a GIF; images are PNG, JPEG or WebP", number));
    }
    if (!header.isColour()) {
      throw bad(
          String.format(
              Locale.ROOT,
              "image %d is a %s that is not RGB or RGBA; convert it",
              number,
              header.type()));
    }
    return header;
  }

  /** Decodes as much as is read. */
  private static InputStream decoded(String url, int from) {
    return Base64.getMimeDecoder()
        .wrap(new ByteArrayInputStream(url.substring(from).getBytes(StandardCharsets.ISO_8859_1)));
  }

  /** In exact integers: a side of 768 pixels is 768 after scaling, not 768.0000001. */
  static int tokens(Rule rule, ImageHeader image) {
    long width = image.width();
    long height = image.height();
    long longer = Math.max(width, height);
    if (longer > LARGEST) {
      width = Math.max(1, width * LARGEST / longer);
      height = Math.max(1, height * LARGEST / longer);
    }
    long shorter = Math.min(width, height);
    if (shorter > SHORTER_SIDE) {
      width = width * SHORTER_SIDE / shorter;
      height = height * SHORTER_SIDE / shorter;
    }
    return rule.base() + rule.perTile() * (int) (tiles(width) * tiles(height));
  }

  private static long tiles(long side) {
    return (side + TILE - 1) / TILE;
  }

  private static String shown(String url) {
    return url.length() > 80 ? url.substring(0, 80) + "…" : url;
  }

  private static RejectException bad(String message) {
    return new RejectException(Reason.UNUSABLE_IMAGE, message);
  }
}
