/**
 * Whether two texts are near copies: words, shingles, signatures, the decision about a pair. Knows
 * examples and fingerprints; no Beam.
 */
package dev.tunebeam.transforms.compare;
