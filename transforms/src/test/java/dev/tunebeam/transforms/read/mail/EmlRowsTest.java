package dev.tunebeam.transforms.read.mail;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;

import dev.tunebeam.transforms.read.Reading;
import dev.tunebeam.transforms.read.input.InputFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EmlRowsTest {

  private static final String MAIL =
      """
      From: a@b.example
      To: c@d.example
      Subject: s
      Date: Tue, 2 Jan 2024 08:00:00 +0100

      one

      From a@b.example Mon Jan  1 10:00:00 2024
      >From two
      """;

  private static Reading read(String text) {
    return Reading.of(InputFormat.EML, text);
  }

  @Test
  void aFileIsOneMailWhateverItsText() {
    Map<String, Object> fields =
        Map.of(
            "Subject", "s",
            "From", "a@b.example",
            "To", "c@d.example",
            "Date", "2024-01-02T07:00:00Z",
            "Content", "one\n\nFrom a@b.example Mon Jan  1 10:00:00 2024\n>From two");
    assertThat(read(MAIL).fields(), contains(fields));
    assertThat(read(MAIL.replace("\n", "\r\n")).fields(), contains(fields));
    assertThat(
        read("From a@b.example Mon Jan  1 10:00:00 2024\r\n" + MAIL).fields(), contains(fields));
  }

  @Test
  void aBlankFileHasNoMail() {
    assertThat(read("").fields(), empty());
    assertThat(read(" \r\n\n").fields(), empty());
    assertThat(read(" \r\n\n").rejections(), empty());
  }

  @Test
  void whatIsNoMailIsRejected() {
    assertThat(
        read("a\nb\n").rejections(),
        contains(
            "1 malformed_record: this is not a mail: it has none of the headers From, To, Subject and Date"));
  }
}
