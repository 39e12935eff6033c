/**
 * The shuffle by shard: the shard of an example, the entries of a shard, their sorting. Knows
 * fingerprints and rendered lines; no example.
 */
package dev.tunebeam.transforms.shard;
