/** An example to the line of JSON that a provider takes. Knows examples and JSON text. */
package dev.tunebeam.transforms.render;
