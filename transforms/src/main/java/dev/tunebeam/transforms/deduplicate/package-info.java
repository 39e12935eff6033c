/**
 * Within a shard: duplicates removed, conflicts found, classes and figures summed. Knows chunks and
 * fingerprints; no example, no JSON.
 */
package dev.tunebeam.transforms.deduplicate;
