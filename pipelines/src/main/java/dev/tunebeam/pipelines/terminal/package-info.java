/** What a person sees of a job: a line while it runs, a report at its end. */
@org.jspecify.annotations.NullMarked
package dev.tunebeam.pipelines.terminal;
