/**
 * The interface between jobs and launcher: manifest, model catalogue, prices; and what both halves
 * mean by whitespace. May use JSON and YAML, but no Beam and no provider.
 */
package dev.tunebeam.dataset;
