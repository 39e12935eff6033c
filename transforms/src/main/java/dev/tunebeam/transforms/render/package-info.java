/** Examples to the JSON lines that a provider accepts. Knows examples and JSON text. */
package dev.tunebeam.transforms.render;
