package dev.tunebeam.transforms.count;

import java.io.Serializable;
import java.util.Locale;

/**
 * The images of an example.
 *
 * @param images their number
 * @param unsized how many of them are of unknown size, so that their tokens are not counted
 * @param tokens the tokens of the others
 */
public record ImageCount(int images, int unsized, int tokens) implements Serializable {

  /** No images. */
  public static final ImageCount NONE = new ImageCount(0, 0, 0);

  /** Rejects more unknown images than there are. */
  public ImageCount {
    if (unsized < 0 || images < unsized || tokens < 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "%d images, %d of unknown size, %d tokens", images, unsized, tokens));
    }
  }

  ImageCount plus(ImageCount other) {
    return new ImageCount(images + other.images, unsized + other.unsized, tokens + other.tokens);
  }
}
