/**
 * Writes shards, rejected rows and conflicts to files, with their hashes. Knows chunks, splits and
 * file systems.
 */
package dev.tunebeam.transforms.write;
