/** Requests to a provider: repeated where that is safe, with the key kept out of everything. */
@org.jspecify.annotations.NullMarked
package dev.tunebeam.launcher.http;
