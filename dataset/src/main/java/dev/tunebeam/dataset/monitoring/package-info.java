/**
 * What schedulers, catalogues and people are told of a run of a command: OpenLineage events,
 * Prometheus metrics, a message to a chat channel. Off unless environment variables say where to;
 * nothing here can fail a command. Knows the manifest, no job and no provider.
 */
package dev.tunebeam.dataset.monitoring;
