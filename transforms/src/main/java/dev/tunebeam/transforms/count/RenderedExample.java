package dev.tunebeam.transforms.count;

import dev.tunebeam.transforms.example.Example;
import java.io.Serializable;

/**
 * An example with its token count and rendered line.
 *
 * @param example the example, for its fingerprint
 * @param tokens its tokens as billed
 * @param images its images
 * @param line its line in the shard, without the line ending
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, only encoded
public record RenderedExample(Example example, int tokens, ImageCount images, byte[] line)
    implements Serializable {}
