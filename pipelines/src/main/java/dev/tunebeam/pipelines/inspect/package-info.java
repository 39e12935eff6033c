/** The job that reports on a corpus and drafts its recipe. Knows everything below. */
package dev.tunebeam.pipelines.inspect;
