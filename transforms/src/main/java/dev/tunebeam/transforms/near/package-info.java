/**
 * Finds near copies, and what has to stay together, before the shuffle by shard: candidates by
 * signatures, verified on their texts. Knows shards and compared texts. One package because its
 * steps exchange records whose layout nothing else knows.
 */
package dev.tunebeam.transforms.near;
