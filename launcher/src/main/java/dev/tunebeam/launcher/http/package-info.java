/**
 * Requests to a provider: repeated where that is safe, the key kept out of everything. Knows no
 * provider.
 */
package dev.tunebeam.launcher.http;
