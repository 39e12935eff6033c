/**
 * What a job leaves behind and a launcher picks up: manifest, model catalogue, prices. Knows JSON
 * and YAML; no Beam, no provider.
 */
package dev.tunebeam.dataset;
