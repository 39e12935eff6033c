/**
 * What a job leaves behind and a launcher picks up: manifest, model catalogue, prices; and what
 * both halves mean by whitespace. Knows JSON and YAML; no Beam, no provider.
 */
package dev.tunebeam.dataset;
