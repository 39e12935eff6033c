/**
 * HTTP requests to a provider, retried where that is safe; the key appears in no message. Uses no
 * specific provider.
 */
package dev.tunebeam.launcher.http;
