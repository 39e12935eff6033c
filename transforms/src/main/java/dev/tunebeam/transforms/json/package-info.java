/** JSON as text: written in one form, with numbers as they were read. Knows only Jackson. */
package dev.tunebeam.transforms.json;
