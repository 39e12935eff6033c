package dev.tunebeam.transforms.deduplicate;

import java.io.Serializable;
import java.util.Comparator;
import java.util.List;

/**
 * The classes of a unit's examples, mostly those of one prompt, and their counts. Units with the
 * same signature are interchangeable for the split.
 *
 * @param classes distinct classes, sorted; one empty name if the corpus has none
 * @param sizes number of examples per class, at least 1
 * @param side what is decided about its side of the split
 */
public record Signature(List<String> classes, List<Integer> sizes, Side side)
    implements Comparable<Signature>, Serializable {

  /** What is decided about the side of a unit before the split. */
  public enum Side {
    /** Nothing. */
    OPEN,
    /** One of its rows is in the validation input, so all are held out. */
    GIVEN,
    /** All stay in train, because what is connected to them does. */
    PINNED,
    /** It was in train in the dataset before, or in one before that. */
    WAS_TRAIN,
    /** It was in validation. */
    WAS_VALIDATION;

    /** Whether it is known from a dataset before. */
    public boolean isKnown() {
      return this == WAS_TRAIN || this == WAS_VALIDATION;
    }
  }

  private static final Comparator<Signature> ORDER =
      Comparator.<Signature>comparingInt(s -> s.classes.size())
          .thenComparing((a, b) -> compare(a.classes, b.classes))
          .thenComparing((a, b) -> compare(a.sizes, b.sizes))
          .thenComparing(Signature::side);

  /** Makes immutable copies. */
  public Signature {
    classes = List.copyOf(classes);
    sizes = List.copyOf(sizes);
    if (classes.isEmpty() || classes.size() != sizes.size()) {
      throw new IllegalArgumentException("classes %s, sizes %s".formatted(classes, sizes));
    }
  }

  /** The signature of a prompt that may go to either split. */
  public Signature(List<String> classes, List<Integer> sizes) {
    this(classes, sizes, Side.OPEN);
  }

  /** The signature of a prompt with a single example. */
  public static Signature single(String className) {
    return new Signature(List.of(className), List.of(1));
  }

  /** The number of examples of a prompt, over all classes. */
  public int size() {
    return sizes.stream().mapToInt(Integer::intValue).sum();
  }

  private static <T extends Comparable<T>> int compare(List<T> a, List<T> b) {
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      int order = a.get(i).compareTo(b.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(a.size(), b.size());
  }

  @Override
  public int compareTo(Signature other) {
    return ORDER.compare(this, other);
  }
}
