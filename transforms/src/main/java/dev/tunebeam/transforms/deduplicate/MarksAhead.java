package dev.tunebeam.transforms.deduplicate;

import dev.tunebeam.transforms.compare.ComparedTexts;
import dev.tunebeam.transforms.fingerprint.Fingerprint;
import dev.tunebeam.transforms.shard.ShardEntry;
import dev.tunebeam.transforms.shard.ShardMark;
import dev.tunebeam.transforms.shard.ShardMark.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The marks that came last in a sorted shard, for the examples that follow. Holds those of one. */
final class MarksAhead {

  private Fingerprint unit = ShardMark.ALL;
  private final List<ShardMark> ofUnit = new ArrayList<>();
  private final List<ShardMark> ofPrompt = new ArrayList<>();
  private final List<ShardMark> ofWhole = new ArrayList<>();

  void add(ShardMark mark) {
    if (mark.prompt().equals(ShardMark.ALL)) {
      if (!mark.unit().equals(unit)) {
        unit = mark.unit();
        ofUnit.clear();
      }
      if (ofUnit.isEmpty() || !ofUnit.get(ofUnit.size() - 1).equals(mark)) {
        ofUnit.add(mark);
      }
      return;
    }
    List<ShardMark> marks = mark.whole().equals(ShardMark.ALL) ? ofPrompt : ofWhole;
    if (!marks.isEmpty() && !isOfSame(marks.get(0), mark)) {
      marks.clear();
    }
    if (marks.isEmpty() || !marks.get(marks.size() - 1).equals(mark)) {
      marks.add(mark);
    }
  }

  private static boolean isOfSame(ShardMark a, ShardMark b) {
    return a.unit().equals(b.unit())
        && a.prompt().equals(b.prompt())
        && a.whole().equals(b.whole());
  }

  /** The marks on a unit as a whole. */
  List<ShardMark> of(Fingerprint whole) {
    return unit.equals(whole) ? ofUnit : List.of();
  }

  /** Whether a unit as a whole has a mark of one of these kinds. */
  boolean has(Fingerprint whole, Kind... kinds) {
    List<ShardMark> marks = of(whole);
    return !marks.isEmpty()
        && marks.stream().anyMatch(mark -> List.of(kinds).contains(mark.kind()));
  }

  /** Whether the prompt of an example has a mark of a kind. */
  boolean has(ShardEntry example, Kind kind) {
    return !ofPrompt.isEmpty()
        && ofPrompt.stream().anyMatch(mark -> mark.kind() == kind && isOn(mark, example));
  }

  /** What is known of the examples of a prompt in the dataset before, 0 for nothing. */
  long contentBefore(ShardEntry example) {
    for (ShardMark mark : ofPrompt) {
      if ((mark.kind() == Kind.WAS_TRAIN || mark.kind() == Kind.WAS_VALIDATION)
          && isOn(mark, example)) {
        return mark.label();
      }
    }
    return 0;
  }

  /** The marks on an example. */
  List<ShardMark> of(ShardEntry example) {
    if (ofPrompt.isEmpty() && ofWhole.isEmpty()) {
      return List.of();
    }
    List<ShardMark> found = new ArrayList<>();
    for (ShardMark mark : ofPrompt) {
      if (isOn(mark, example)
          && (mark.label() == 0 || mark.label() == ComparedTexts.label(example.className()))) {
        found.add(mark);
      }
    }
    for (ShardMark mark : ofWhole) {
      if (isOn(mark, example) && mark.whole().equals(example.whole())) {
        found.add(mark);
      }
    }
    return found;
  }

  private static boolean isOn(ShardMark mark, ShardEntry example) {
    return mark.prompt().equals(example.prompt()) && mark.unit().equals(example.unit());
  }

  /** The mark that removes the example: an evaluation set, else the closest; null for none. */
  static @Nullable ShardMark removal(List<ShardMark> marks) {
    ShardMark set = closest(marks, Kind.CONTAMINATED);
    return set != null ? set : closest(marks, Kind.NEAR_COPY);
  }

  /** The first mark of a kind with the highest similarity; null for none. */
  static @Nullable ShardMark closest(List<ShardMark> marks, Kind kind) {
    ShardMark found = null;
    for (ShardMark mark : marks) {
      if (mark.kind() == kind && (found == null || mark.similarity() > found.similarity())) {
        found = mark;
      }
    }
    return found;
  }
}
