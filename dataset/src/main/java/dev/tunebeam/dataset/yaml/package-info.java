/**
 * YAML files that are read strictly: unknown and repeated keys are refused, with line, column and
 * the nearest key. Knows nothing of recipes and prices.
 */
package dev.tunebeam.dataset.yaml;
