package dev.tunebeam.dataset.terminal;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FiguresTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      0           | $0.00
      0.000001    | <$0.01
      0.004999    | <$0.01
      0.005       | $0.01
      0.68896     | $0.69
      1234567.895 | $1,234,567.90
      """)
  void dollarsHaveCentsAndSmallAmountsAreNotNothing(BigDecimal usd, String shown) {
    assertThat(Figures.dollars(usd), is(shown));
  }

  @Test
  void anUnknownPriceIsNotNothing() {
    assertThat(Figures.dollars(null), is("unknown"));
    assertThat(Figures.price(null), is("-"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      25     | 25.00
      1.875  | 1.875
      0.40   | 0.40
      1.2E+3 | 1,200.00
      """)
  void aPriceKeepsItsDecimals(BigDecimal usd, String shown) {
    assertThat(Figures.price(usd), is(shown));
  }

  @ParameterizedTest
  @CsvSource({"0, 10, 0.0 %", "1, 3, 33.3 %", "1, 100000, <0.1 %", "10, 10, 100.0 %", "1, 0, ''"})
  void aPercentageOfSomethingIsNotNothing(long part, long whole, String shown) {
    assertThat(Figures.percent(part, whole), is(shown));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0.0 s",
    "840, 0.8 s",
    "59999, 59.9 s",
    "60000, 1 min 00 s",
    "185000, 3 min 05 s",
    "3599999, 59 min 59 s",
    "3725000, 1 h 02 min",
    "90000000, 25 h 00 min"
  })
  void aDurationHasTheUnitsThatMatter(long millis, String shown) {
    assertThat(Figures.duration(Duration.ofMillis(millis)), is(shown));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      0             | 0 B
      999           | 999 B
      1000          | 1.0 kB
      64000000      | 64.0 MB
      5000000000    | 5.0 GB
      7000000000000 | 7.0 TB
      """)
  void bytesHaveAUnit(long bytes, String shown) {
    assertThat(Figures.bytes(bytes), is(shown));
  }

  @Test
  void oneIsSingular() {
    assertThat(Figures.counted(1, "row", "rows"), is("1 row"));
    assertThat(Figures.counted(1_000, "row", "rows"), is("1,000 rows"));
  }
}
