package dev.tunebeam.transforms.compare;

import dev.tunebeam.transforms.fingerprint.Fingerprint;
import dev.tunebeam.transforms.row.Source;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;

/**
 * An example in the form in which it is compared: its words as numbers, about half of its text's
 * size. As bytes, the forms of one text are adjacent when sorted, the first row of the input first.
 *
 * @param id of the text: equal texts have one
 * @param source the row
 * @param ordinal of the example in its row, from 0
 * @param given whether it is of the validation input
 * @param unit what stays on one side of the split with it
 * @param prompt the fingerprint of the prompt
 * @param label hash of its class, 0 for none
 * @param frame hash of all that has to be equal: roles, system message, tools, images
 * @param turns where in the words each turn starts; the last one is the answer, if it is compared
 * @param region how many of the words make up the signature
 * @param words of the turns
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record ComparedText(
    Fingerprint id,
    Source source,
    int ordinal,
    boolean given,
    Fingerprint unit,
    Fingerprint prompt,
    long label,
    long frame,
    int[] turns,
    int region,
    int[] words) {

  /** Where in the bytes it stands whether it is given. */
  public static final int GIVEN_AT = 32;

  private static final int FIXED_BYTES = 16 + 12 + 4 + 1 + 16 + 16 + 8 + 8 + 4 + 4;

  /** The shingles of its region. */
  long[] shingles() {
    return Shingles.of(words, region);
  }

  /** The number of words before the answer. */
  int answerAt() {
    return turns.length == 0 ? words.length : turns[turns.length - 1];
  }

  /** Encodes it. */
  public byte[] encode() {
    ByteBuffer out =
        ByteBuffer.allocate(FIXED_BYTES + 4 * turns.length + 4 * words.length)
            .putLong(id.high())
            .putLong(id.low())
            .putInt(source.file())
            .putInt(source.range())
            .putInt(source.row())
            .putInt(ordinal)
            .put((byte) (given ? 1 : 0))
            .putLong(unit.high())
            .putLong(unit.low())
            .putLong(prompt.high())
            .putLong(prompt.low())
            .putLong(label)
            .putLong(frame)
            .putInt(region)
            .putInt(turns.length);
    for (int turn : turns) {
      out.putInt(turn);
    }
    for (int word : words) {
      out.putInt(word);
    }
    return out.array();
  }

  /** Decodes the output of {@link #encode}, which begins at an index. */
  public static ComparedText decode(byte[] bytes, int from) {
    ByteBuffer in = ByteBuffer.wrap(bytes, from, bytes.length - from);
    Fingerprint id = new Fingerprint(in.getLong(), in.getLong());
    Source source = new Source(in.getInt(), in.getInt(), in.getInt());
    int ordinal = in.getInt();
    boolean given = in.get() != 0;
    Fingerprint unit = new Fingerprint(in.getLong(), in.getLong());
    Fingerprint prompt = new Fingerprint(in.getLong(), in.getLong());
    long label = in.getLong();
    long frame = in.getLong();
    int region = in.getInt();
    int[] turns = new int[in.getInt()];
    for (int i = 0; i < turns.length; i++) {
      turns[i] = in.getInt();
    }
    int[] words = new int[in.remaining() / 4];
    in.asIntBuffer().get(words);
    return new ComparedText(
        id, source, ordinal, given, unit, prompt, label, frame, turns, region, words);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s at %s, %d words, turns at %s",
        id,
        source,
        words.length,
        Arrays.toString(turns));
  }
}
