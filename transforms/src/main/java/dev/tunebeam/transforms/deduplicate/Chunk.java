package dev.tunebeam.transforms.deduplicate;

import java.util.List;

/**
 * A piece of a shard that is written as one: at most one file for each split. A shard is one chunk
 * of examples unless it is larger than a file may be.
 *
 * @param shard the shard
 * @param index its place among the chunks of the shard and kind
 * @param kind what is in it
 * @param body the examples, or other records each with its length in 4 bytes before it
 * @param groups for examples, a record for each prompt
 * @param classes the classes that {@code body} refers to by index
 * @param signatures the signatures that {@code groups} refers to by index
 */
@SuppressWarnings("ArrayRecordComponent") // compared by Beam through the coder alone
public record Chunk(
    int shard,
    int index,
    Kind kind,
    byte[] body,
    byte[] groups,
    List<String> classes,
    List<Signature> signatures) {

  /** What a chunk holds. */
  public enum Kind {
    EXAMPLES,
    REJECTED,
    CONFLICTS
  }
}
