package dev.tunebeam.transforms.deduplicate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignatureTest {

  @Test
  void signaturesAreOrderedByNumberOfClassesThenNamesThenSizes() {
    List<Signature> expected =
        List.of(
            Signature.single(""),
            new Signature(List.of(""), List.of(2)),
            Signature.single("a"),
            Signature.single("b"),
            new Signature(List.of("a", "b"), List.of(1, 1)),
            new Signature(List.of("a", "b"), List.of(1, 2)),
            new Signature(List.of("a", "c"), List.of(1, 1)));
    List<Signature> sorted = new ArrayList<>(expected);
    Collections.reverse(sorted);
    Collections.sort(sorted);

    assertThat(sorted, equalTo(expected));
  }

  @Test
  void itsSizeIsThatOfAllClasses() {
    assertThat(new Signature(List.of("a", "b"), List.of(2, 5)).size(), equalTo(7));
  }

  @Test
  void classesWithoutSizesAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Signature(List.of(), List.of()));
    assertThrows(IllegalArgumentException.class, () -> new Signature(List.of("a"), List.of()));
  }
}
