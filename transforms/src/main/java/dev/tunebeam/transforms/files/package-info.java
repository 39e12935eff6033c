/**
 * Files of any file system of Beam. Knows Beam's file systems and paths; nothing that is in them.
 */
package dev.tunebeam.transforms.files;
