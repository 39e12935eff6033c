/**
 * How a setting is described and named as a key and as a flag, the settings of a training run, and
 * the names of the commands. Knows the manifest and YAML; no command's work.
 */
package dev.tunebeam.dataset.settings;
