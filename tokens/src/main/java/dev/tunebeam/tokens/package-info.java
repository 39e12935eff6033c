/**
 * The exact number of tokens of a text, as the model's own tokenizer counts them. A standalone
 * library: knows no other package. One package because the vocabulary's tables, the splitters and
 * the merges share a byte layout that stays private.
 */
package dev.tunebeam.tokens;
