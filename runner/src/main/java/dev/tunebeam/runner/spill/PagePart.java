package dev.tunebeam.runner.spill;

import java.io.InputStream;

/** Values in pages, one behind the other. */
record PagePart(PagedBytes pages, long from, long bytes, long count) implements Part {

  @Override
  public InputStream open() {
    return new PartStream(bytes) {
      @Override
      void refill(long left) {
        long at = from + bytes - left;
        show(pages.page(at), pages.offset(at), pages.leftOfPage(at));
      }
    };
  }
}
