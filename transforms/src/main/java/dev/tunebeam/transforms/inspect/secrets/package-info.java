/** Personal data and credentials in texts. Knows texts alone. */
package dev.tunebeam.transforms.inspect.secrets;
