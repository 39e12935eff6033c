/**
 * Deployments of fine-tuned models: created, waited for, and taken down again. May use the {@code
 * provider} interface, but no implementation.
 */
package dev.tunebeam.launcher.deploy;
