package dev.tunebeam.transforms.deduplicate;

import dev.tunebeam.transforms.deduplicate.Signature.Side;
import dev.tunebeam.transforms.fingerprint.Fingerprint;
import dev.tunebeam.transforms.shard.ShardEntry;
import dev.tunebeam.transforms.shard.ShardMark;
import dev.tunebeam.transforms.shard.ShardMark.Kind;
import dev.tunebeam.transforms.sides.Known;
import dev.tunebeam.transforms.sides.PreviousSides;
import org.jspecify.annotations.Nullable;

/**
 * The units of a sorted shard with their sides in the dataset before, and what is to be remembered
 * of them. What is new joins the unit that it belongs to; where that was on both sides, each prompt
 * keeps its own, and what is new is apart.
 */
final class UnitSides {

  private final PreviousSides.Range before;
  private final MarksAhead marks;
  private final boolean byPrompt;
  private final ExampleChunks examples;

  private boolean isOpen;
  private boolean isTorn;
  private boolean isApart;
  private @Nullable Fingerprint key;
  private long contentBefore;
  private long content;
  private long kept;

  /**
   * @param before what is known of the units of the shard
   * @param byPrompt whether prompts are remembered one by one, and marks say what is known
   */
  UnitSides(
      PreviousSides.Range before, MarksAhead marks, boolean byPrompt, ExampleChunks examples) {
    this.before = before;
    this.marks = marks;
    this.byPrompt = byPrompt;
    this.examples = examples;
  }

  /** Begins a prompt, and its unit if it is the first prompt of one. */
  void begin(ShardEntry entry, boolean isNewUnit) {
    Fingerprint unit = entry.unit();
    if (isNewUnit) {
      end();
      isTorn =
          marks.has(unit, Kind.WAS_VALIDATION, Kind.GROUP_VALIDATION)
              && marks.has(unit, Kind.WAS_TRAIN, Kind.GROUP_TRAIN, Kind.PINNED);
      beginKey(byPrompt ? null : unit);
      if (!isTorn) {
        examples.beginUnit(unit, byPrompt ? marked(unit) : known(unit));
      }
      isOpen = true;
    }
    if (byPrompt) {
      endKey();
      beginKey(entry.prompt());
      contentBefore = marks.contentBefore(entry);
    }
    isApart = false;
    if (isTorn) {
      boolean wasValidation = marks.has(entry, Kind.WAS_VALIDATION);
      isApart = !wasValidation && !marks.has(entry, Kind.WAS_TRAIN);
      if (!isNewUnit) {
        examples.endUnit();
      }
      examples.beginUnit(entry.prompt(), wasValidation ? Side.WAS_VALIDATION : Side.WAS_TRAIN);
    }
    if (isNewUnit && !isTorn) {
      rememberGroups(unit);
    }
  }

  private void beginKey(@Nullable Fingerprint fingerprint) {
    key = fingerprint;
    contentBefore = 0;
    examples.beginKey();
  }

  /** By the marks on a unit, which is not torn. */
  private Side marked(Fingerprint unit) {
    if (marks.has(unit, Kind.WAS_VALIDATION, Kind.GROUP_VALIDATION)) {
      return Side.WAS_VALIDATION;
    }
    if (marks.has(unit, Kind.PINNED)) {
      return Side.PINNED;
    }
    return marks.has(unit, Kind.WAS_TRAIN, Kind.GROUP_TRAIN) ? Side.WAS_TRAIN : Side.OPEN;
  }

  private Side known(Fingerprint unit) {
    Known found = before.find(unit);
    if (found == null) {
      return marks.has(unit, Kind.PINNED) ? Side.PINNED : Side.OPEN;
    }
    contentBefore = found.content();
    return found.isValidation() ? Side.WAS_VALIDATION : Side.WAS_TRAIN;
  }

  /** Not of a torn unit: its groups keep the sides that they had. */
  private void rememberGroups(Fingerprint unit) {
    for (ShardMark mark : marks.of(unit)) {
      boolean isGroup =
          mark.kind() == Kind.GROUP
              || mark.kind() == Kind.GROUP_TRAIN
              || mark.kind() == Kind.GROUP_VALIDATION;
      if (isGroup) {
        examples.remember(Known.of(mark.other(), true, 0));
      }
    }
  }

  /** Whether what is added now belongs to prompts on both sides, and has no side of its own. */
  boolean isApart() {
    return isApart;
  }

  /** Adds an example to what is remembered of its prompt. */
  void add(Fingerprint whole) {
    content += whole.low();
    kept++;
  }

  /** Ends the last unit. */
  void end() {
    endKey();
    if (isOpen) {
      examples.endUnit();
    }
    isOpen = false;
  }

  private void endKey() {
    if (key != null && kept > 0) {
      Known entry = Known.of(key, false, content);
      examples.remember(entry);
      if (entry.content() == contentBefore) {
        examples.setUnchanged();
      }
    }
    content = 0;
    kept = 0;
  }
}
