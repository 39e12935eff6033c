/**
 * The exact number of tokens of a text, as the model's own tokenizer counts them. Knows nothing
 * else of ours; a library of its own. One package because the vocabulary's tables, the patterns and
 * the merges share their byte layout, which nobody else needs to see.
 */
package dev.tunebeam.tokens;
