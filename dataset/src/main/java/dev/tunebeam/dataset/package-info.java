/**
 * The interface between jobs and launcher: manifest, model catalogue, prices, launch settings. May use JSON and YAML, but no Beam and no provider.
 */
package dev.tunebeam.dataset;
