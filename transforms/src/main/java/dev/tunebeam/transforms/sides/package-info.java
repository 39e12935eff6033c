/**
 * On which side of the split each prompt was: the state that one dataset leaves to the next. Knows
 * fingerprints and files; no example.
 */
package dev.tunebeam.transforms.sides;
