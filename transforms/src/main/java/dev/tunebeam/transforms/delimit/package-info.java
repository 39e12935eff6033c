/** Separator, leading space and stop sequence of prompt/completion examples. Knows examples. */
package dev.tunebeam.transforms.delimit;
