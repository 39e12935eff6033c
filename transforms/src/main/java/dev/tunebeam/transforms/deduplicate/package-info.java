/**
 * Deduplication within a shard: duplicates, conflicts, counts of classes and tokens. Knows chunks
 * and fingerprints; no example, no JSON.
 */
package dev.tunebeam.transforms.deduplicate;
