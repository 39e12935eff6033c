/** Personal data and credentials in texts. Knows only texts. */
package dev.tunebeam.transforms.inspect.secrets;
