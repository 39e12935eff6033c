/**
 * Descriptions of settings as recipe keys and flags, the training settings, and the command names.
 * May use the manifest and YAML, but no command.
 */
package dev.tunebeam.dataset.settings;
