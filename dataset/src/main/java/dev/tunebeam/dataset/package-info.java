/** What a job leaves behind and a launcher picks up: manifest, model catalogue, prices. No Beam. */
@org.jspecify.annotations.NullMarked
package dev.tunebeam.dataset;
