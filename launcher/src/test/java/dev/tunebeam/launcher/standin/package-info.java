/**
 * A stand-in for a fine-tuning provider: real HTTP on 127.0.0.1, state, and faults on demand. For
 * tests and for trying the launcher by hand; README.md says where each shape comes from.
 */
@org.jspecify.annotations.NullMarked
package dev.tunebeam.launcher.standin;
