/**
 * Names for models, such as production: the file with each name's model and those before it, and
 * the same at MLflow. May use scores, datasets and HTTP, but no provider.
 */
package dev.tunebeam.launcher.registry;
