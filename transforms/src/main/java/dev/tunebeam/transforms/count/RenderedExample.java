package dev.tunebeam.transforms.count;

import dev.tunebeam.transforms.example.Example;
import java.io.Serializable;

/**
 * An example with what the rest of the job needs of it.
 *
 * @param example what it was made of, for its fingerprint
 * @param tokens its tokens as billed
 * @param line its line in the shard, without the line end
 */
@SuppressWarnings("ArrayRecordComponent") // never compared: it is encoded and forgotten
public record RenderedExample(Example example, int tokens, byte[] line) implements Serializable {}
