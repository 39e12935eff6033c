/** OpenAI, and the dialect of it that others speak. Knows {@code provider}. */
package dev.tunebeam.launcher.provider.openai;
