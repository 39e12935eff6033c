/** Azure OpenAI. May use {@code provider} and OpenAI's dialect. */
package dev.tunebeam.launcher.provider.azure;
