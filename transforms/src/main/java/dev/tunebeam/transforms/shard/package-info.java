/**
 * Which shard an example belongs to, and the chunks in which it travels there. Knows fingerprints
 * and rendered lines; no example.
 */
package dev.tunebeam.transforms.shard;
