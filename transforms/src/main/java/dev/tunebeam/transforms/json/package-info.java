/** JSON as text: written in one form, and numbers kept as they stood. Knows only Jackson. */
package dev.tunebeam.transforms.json;
