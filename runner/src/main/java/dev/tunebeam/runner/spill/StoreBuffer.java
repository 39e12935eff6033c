package dev.tunebeam.runner.spill;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.jspecify.annotations.Nullable;

/**
 * Values as one worker writes them, in segments. The first segments hold a value each, since few
 * values may mean much work each; later ones are larger.
 */
public final class StoreBuffer<T> implements Buffer {

  private static final int SINGLE_SEGMENTS = 64;
  private static final long SEGMENT_BYTES = 1 << 20;
  private static final int READ_BUFFER = 1 << 16;

  private final StoredValues<T> values;
  private final WorkerBuffers siblings;
  private final Coder<T> coder;
  private final List<Part> spilled = new ArrayList<>();
  private final List<PagePart> segments = new ArrayList<>();
  private PagedBytes pages;
  private long begin;
  private long count;
  private @Nullable SpillFile file;

  StoreBuffer(StoredValues<T> values, WorkerBuffers siblings, Coder<T> coder) {
    this.values = values;
    this.siblings = siblings;
    this.coder = coder;
    this.pages = newPages();
    siblings.add(this);
  }

  public void add(T value) throws IOException {
    coder.encode(value, pages);
    count++;
    if (pages.size() - begin >= SEGMENT_BYTES || count >= mostValues()) {
      cut();
    }
    siblings.relieve();
  }

  private long mostValues() {
    int written = spilled.size() + segments.size();
    return written < SINGLE_SEGMENTS ? 1 : 1L << Math.min(40, (written - SINGLE_SEGMENTS) / 4);
  }

  private void cut() {
    if (count > 0) {
      segments.add(new PagePart(pages, begin, pages.size() - begin, count));
      begin = pages.size();
      count = 0;
    }
  }

  @Override
  public long held() {
    return pages.held();
  }

  @Override
  public void spill() throws IOException {
    if (file == null) {
      file = values.own(SpillFile.create(siblings.storage().folder()));
    }
    cut();
    FileAppender out = new FileAppender(file);
    long base = out.position();
    pages.copyTo(out, 0, pages.size());
    out.flush();
    for (PagePart segment : segments) {
      spilled.add(
          new FilePart(file, base + segment.from(), segment.bytes(), segment.count(), READ_BUFFER));
    }
    segments.clear();
    pages.clear();
    pages = newPages();
    begin = 0;
  }

  /** Ends the writing: from here on it is read. */
  public void finish() {
    siblings.remove(this);
    cut();
    List<Part> written = new ArrayList<>(spilled);
    written.addAll(segments);
    values.add(written, pages::clear);
  }

  private PagedBytes newPages() {
    return new PagedBytes(siblings.storage().budget());
  }
}
