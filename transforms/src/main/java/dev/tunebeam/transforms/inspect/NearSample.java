package dev.tunebeam.transforms.inspect;

import dev.tunebeam.transforms.compare.Bands;
import dev.tunebeam.transforms.compare.ComparedText;
import dev.tunebeam.transforms.compare.ComparedTexts;
import dev.tunebeam.transforms.compare.Comparison;
import dev.tunebeam.transforms.compare.NearBy;
import dev.tunebeam.transforms.compare.Relation;
import dev.tunebeam.transforms.example.Example;
import dev.tunebeam.transforms.fingerprint.ExampleFingerprints;
import dev.tunebeam.transforms.fingerprint.Fingerprint;
import dev.tunebeam.transforms.row.Source;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A sample of the texts in which near copies are found: those whose first words have the lowest
 * shingles, so two texts of a similarity are in it together with about that probability. Of at most
 * {@link #MOST} texts the sample is all. Longer texts than {@link #LONGEST} bytes in their compared
 * form are left out. Depends on the texts alone, not on their order. Takes at most 32 MiB, mostly
 * less than one.
 */
public final class NearSample implements Serializable {

  /** Texts in the sample. */
  static final int MOST = 2_000;

  private static final int LONGEST = 1 << 14;

  private static final long serialVersionUID = 1L;

  private static final int FIRST_OF_A_BAND = 4;
  private static final long SEED = 42;

  private final TreeMap<Key, byte[]> texts = new TreeMap<>();
  private boolean isAll = true;

  /** Texts above it are in no sample; null for none. */
  private transient @Nullable Key bound;

  private record Key(long least, Fingerprint id) implements Comparable<Key>, Serializable {

    @Override
    public int compareTo(Key other) {
      return least == other.least ? id.compareTo(other.id) : Long.compare(least, other.least);
    }
  }

  /**
   * Two texts of the sample.
   *
   * @param first the place of the earlier row
   * @param second the place of the later one
   * @param similarity share of common shingles
   * @param isConflict whether class or answer differ; else they are near copies
   */
  public record Pair(Source first, Source second, double similarity, boolean isConflict) {}

  /**
   * An empty sample, to be {@linkplain #merge merged} with this one: leaves out what that would.
   */
  NearSample next() {
    NearSample next = new NearSample();
    next.bound = bound();
    return next;
  }

  private @Nullable Key bound() {
    return texts.size() == MOST ? texts.lastKey() : bound;
  }

  void add(Example example, ExampleFingerprints fingerprints, ComparedTexts form) {
    Key key = new Key(form.leastShingle(example), fingerprints.whole());
    Key highest = bound();
    if (highest != null && key.compareTo(highest) > 0) {
      isAll = false;
      return;
    }
    byte[] encoded = form.of(example, fingerprints, fingerprints.prompt(), false).encode();
    if (encoded.length > LONGEST) {
      isAll = false;
    } else {
      put(key, encoded);
    }
  }

  private void put(Key key, byte[] text) {
    texts.merge(
        key,
        text,
        (a, b) ->
            ComparedText.decode(a, 0).source().compareTo(ComparedText.decode(b, 0).source()) <= 0
                ? a
                : b);
    if (texts.size() > MOST) {
      texts.pollLastEntry();
      isAll = false;
    }
  }

  void merge(NearSample other) {
    other.texts.forEach(this::put);
    isAll &= other.isAll;
  }

  /** Texts in the sample, each once. */
  public int size() {
    return texts.size();
  }

  /** Whether it has all texts. */
  public boolean isAll() {
    return isAll;
  }

  /** The texts that are similar to an earlier one, each with one of these, in the order of rows. */
  public List<Pair> similar(double similarity) {
    Comparison comparison = new Comparison(similarity, NearBy.EXAMPLE);
    Bands.Keys keys = Bands.forSimilarity(similarity, SEED).newKeys();
    List<ComparedText> inOrder =
        texts.values().stream()
            .map(text -> ComparedText.decode(text, 0))
            .sorted(
                Comparator.comparing(ComparedText::source)
                    .thenComparingInt(ComparedText::ordinal)
                    .thenComparing(ComparedText::id))
            .toList();
    Map<Long, List<ComparedText>> bands = new HashMap<>();
    for (ComparedText text : inOrder) {
      for (long key : keys.of(text)) {
        bands.computeIfAbsent(key, k -> new ArrayList<>()).add(text);
      }
    }
    List<Pair> pairs = new ArrayList<>();
    for (ComparedText text : inOrder) {
      Pair found = similarTo(text, keys, bands, comparison);
      if (found != null) {
        pairs.add(found);
      }
    }
    return pairs;
  }

  private static @Nullable Pair similarTo(
      ComparedText text,
      Bands.Keys keys,
      Map<Long, List<ComparedText>> bands,
      Comparison comparison) {
    Set<Fingerprint> compared = new HashSet<>();
    compared.add(text.id());
    Pair conflict = null;
    for (long key : keys.of(text)) {
      List<ComparedText> band = bands.getOrDefault(key, List.of());
      boolean inCrowd = band.size() > FIRST_OF_A_BAND;
      for (ComparedText other : band.subList(0, Math.min(FIRST_OF_A_BAND, band.size()))) {
        if (other.source().compareTo(text.source()) > 0 || !compared.add(other.id())) {
          continue;
        }
        Comparison.Result result = comparison.of(other, text, inCrowd);
        if (result.relation() == Relation.NEAR_COPY) {
          return new Pair(other.source(), text.source(), result.similarity(), false);
        }
        if (result.relation() == Relation.CONFLICT) {
          conflict = new Pair(other.source(), text.source(), result.similarity(), true);
        }
      }
    }
    return conflict;
  }
}
