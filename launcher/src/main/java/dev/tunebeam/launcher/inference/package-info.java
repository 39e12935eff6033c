/** Questions to tuned models. Knows HTTP; no provider by name. */
package dev.tunebeam.launcher.inference;
