package dev.tunebeam.transforms.split;

import java.io.Serializable;

/**
 * A class whose share of validation cannot be met, since what was on a side stays there.
 *
 * @param className the class, empty for none
 * @param wanted the number of validation examples that its share is
 * @param validation the number that there are
 */
public record Shortfall(String className, long wanted, long validation) implements Serializable {}
