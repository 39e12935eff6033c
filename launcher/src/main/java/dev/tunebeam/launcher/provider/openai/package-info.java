/** OpenAI, and the dialect that compatible providers share. May use {@code provider}. */
package dev.tunebeam.launcher.provider.openai;
