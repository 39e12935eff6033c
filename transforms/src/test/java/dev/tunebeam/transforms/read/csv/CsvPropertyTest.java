package dev.tunebeam.transforms.read.csv;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import dev.tunebeam.transforms.read.Reading;
import dev.tunebeam.transforms.read.input.InputFormat;
import dev.tunebeam.transforms.row.Row;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.QuoteMode;

final class CsvPropertyTest {

  @Provide
  Arbitrary<List<List<String>>> records() {
    return Arbitraries.of("a", "\"", ",", "\n", "\r", "\t", " ", "é", "😀", "\0", "#", "\\")
        .list()
        .ofMaxSize(8)
        .map(parts -> String.join("", parts))
        .list()
        .ofSize(2)
        .list()
        .ofMaxSize(8);
  }

  @Provide
  Arbitrary<String> anything() {
    return Arbitraries.strings().withChars("a\",\n\r ").ofMaxLength(60);
  }

  @Property(tries = 500)
  void whatAWriterQuotesIsReadBack(@ForAll("records") List<List<String>> records) {
    StringBuilder text = new StringBuilder("x,y\n");
    CSVFormat format =
        CSVFormat.Builder.create()
            .setDelimiter(',')
            .setQuote('"')
            .setRecordSeparator("\r\n")
            .setQuoteMode(QuoteMode.ALL)
            .get();
    try (CSVPrinter printer = new CSVPrinter(text, format)) {
      printer.printRecords(records);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Reading reading = Reading.of(InputFormat.CSV, text.toString());

    List<List<Object>> read = new ArrayList<>();
    reading.rows().forEach(row -> read.add(new ArrayList<>(row.fields().values())));
    assertThat(reading.rejected(), empty());
    assertThat(read, equalTo(records));
  }

  /** Every byte that is no blank line stands in one row or in one rejection, in order. */
  @Property(tries = 2000)
  void nothingOfAnyTextIsLost(@ForAll("anything") String text) {
    Reading reading = Reading.of(InputFormat.CSV, "h,i\n" + text);

    SortedMap<Integer, String> raws = new TreeMap<>();
    reading.rows().forEach(row -> raws.put(row.source().row(), row.raw()));
    reading.rejected().forEach(row -> raws.put(row.source().row(), row.raw()));
    assertThat(squeezed(String.join("\n", raws.values())), equalTo(squeezed(text)));
    assertThat(reading.stats().rows(), equalTo((long) raws.size()));
    assertThat(reading.stats().positions(), equalTo(lines("h,i\n" + text)));
  }

  @Property(tries = 2000)
  void aRecordHasTheFieldsThatCommonsCsvReads(@ForAll("anything") String text) throws IOException {
    CSVFormat format = CSVFormat.Builder.create().setIgnoreEmptyLines(false).get();
    for (Row row : Reading.of(InputFormat.CSV, "h,i\n" + text).rows()) {
      assertThat(
          new ArrayList<>(row.fields().values()),
          equalTo(CSVParser.parse(row.raw(), format).getRecords().get(0).toList()));
    }
  }

  private static long lines(String text) {
    long ends = text.chars().filter(c -> c == '\n').count();
    return text.endsWith("\n") ? ends : ends + 1;
  }

  private static String squeezed(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)
        .replaceAll("[\\s]+", "");
  }
}
