/** What an inspection says of a corpus and recommends. Pure logic. */
package dev.tunebeam.pipelines.findings;
