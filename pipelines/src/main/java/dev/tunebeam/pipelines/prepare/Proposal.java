package dev.tunebeam.pipelines.prepare;

/**
 * What was chosen by the values or names in the data, for the user to confirm.
 *
 * @param question a whole sentence or two
 * @param otherwise what to do if the answer is no
 */
public record Proposal(String question, String otherwise) {}
