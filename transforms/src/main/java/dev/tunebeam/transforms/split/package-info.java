/** Which examples of each class are validation. Knows signatures and figures by class; no text. */
package dev.tunebeam.transforms.split;
