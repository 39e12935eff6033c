/** Files on any Beam file system. Knows Beam's file systems and paths; not their content. */
package dev.tunebeam.transforms.files;
