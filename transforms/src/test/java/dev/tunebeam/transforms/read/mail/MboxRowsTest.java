package dev.tunebeam.transforms.read.mail;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.tunebeam.transforms.read.Reading;
import dev.tunebeam.transforms.read.input.Compression;
import dev.tunebeam.transforms.read.input.InputFormat;
import dev.tunebeam.transforms.read.input.ReadOptions;
import dev.tunebeam.transforms.row.RangeStats;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class MboxRowsTest {

  private static final String FROM = "From a@b.example Mon Jan  1 10:00:00 2024\n";

  private static Reading read(String text) {
    return Reading.of(InputFormat.MBOX, text);
  }

  private static String content(String... lines) {
    Reading reading = read(FROM + "Subject: s\n" + String.join("\n", lines) + "\n");
    assertThat(reading.rejections(), empty());
    return String.valueOf(reading.fields().get(0).get("Content"));
  }

  private static String rejection(String... lines) {
    Reading reading = read(FROM + String.join("\n", lines) + "\n");
    assertThat(reading.rejected(), hasSize(1));
    return reading.rejections().get(0);
  }

  private static String date(String header) {
    Reading reading = read(FROM + "Date: " + header + "\n\nx\n");
    assertThat(header, reading.rejections(), empty());
    return String.valueOf(reading.fields().get(0).get("Date"));
  }

  @Test
  void aMailIsARowOfFiveTextsAtTheLineOnWhichItBegins() {
    Reading reading =
        read(
            FROM
                + "Received: from x\n"
                + "Subject: =?UTF-8?Q?R=C3=BCckfrage?= =?UTF-8?B?IOetlA==?=\n"
                + " zur Rechnung\n"
                + "From: =?iso-8859-1?q?J=F6rg?= <joerg@example.org>\n"
                + "To: a@b.example,\n\tc@d.example\n"
                + "Date: Tue, 2 Jan 2024 08:00:00 +0100\n"
                + "\n"
                + "Guten Tag,\n"
                + "\n"
                + ">From hier an gilt:\n"
                + ">>From dort\n"
                + "> From quoted\n"
                + "From here on, 10:00\n"
                + "\n"
                + FROM
                + "Subject:\n"
                + "\n"
                + "second\n");

    assertThat(
        reading.fields(),
        contains(
            Map.of(
                "Subject", "Rückfrage 答 zur Rechnung",
                "From", "Jörg <joerg@example.org>",
                "To", "a@b.example,\tc@d.example",
                "Date", "2024-01-02T07:00:00Z",
                "Content",
                    "Guten Tag,\n\nFrom hier an gilt:\n>From dort\n> From quoted\nFrom here on,"
                        + " 10:00"),
            Map.of("Subject", "", "From", "", "To", "", "Date", "", "Content", "second")));
    assertThat(
        List.copyOf(reading.fields().get(0).keySet()),
        contains("Subject", "From", "To", "Date", "Content"));
    assertThat(reading.positions(), contains(1, 17));
    assertThat(reading.rows().get(1).raw(), equalTo("Subject:\n\nsecond\n"));
    assertThat(reading.stats(), equalTo(new RangeStats(0, 0, 2, 20)));
  }

  @Test
  void whatAMailWasSortedUnderAreItsLabels() {
    Reading reading =
        read(
            FROM
                + "Subject: a\nX-Gmail-Labels: =?UTF-8?Q?Bo=C3=AEte?=,Facture\nX-Label: 3\n\nx\n"
                + FROM
                + "Subject: b\nKeywords: late\nX-Keywords:\n\ny\n");

    assertThat(reading.fields().get(0).get("Labels"), equalTo("Boîte,Facture, 3"));
    assertThat(
        reading.fields().get(1),
        equalTo(
            Map.of(
                "Subject", "b", "From", "", "To", "", "Date", "", "Content", "y", "Labels",
                "late")));
    assertThat(
        rejection("X-Label: 3", "", "x"),
        equalTo(
            "1 malformed_record: this is not a mail: it has none of the headers From, To, Subject and"
                + " Date"));
  }

  @Test
  void aMailNeedsNoDateNeitherInItsHeadersNorInTheLineBeforeIt() {
    Reading reading =
        read(
            """
            From a@b.example
            Subject: one

            first

            From c@d.example
            Subject: two

            second
            From e@f.example
            is quoted by nobody

            From -
            Subject: three

            third
            """);

    assertThat(reading.rejections(), empty());
    assertThat(
        reading.fields().stream()
            .map(mail -> mail.get("Subject") + "|" + mail.get("Date"))
            .toList(),
        contains("one|", "two|", "three|"));
    assertThat(
        reading.fields().get(1).get("Content"),
        equalTo("second\nFrom e@f.example\nis quoted by nobody"));
    assertThat(reading.positions(), contains(1, 6, 13));
  }

  @Test
  void aFileThatBeginsWithAHeaderNeedsNoLineBeforeTheFirstMail() {
    Reading reading =
        read("\nSubject: one\nFrom: a@b.example\n\nfirst\n\n" + FROM + "Subject: two\n\nsecond\n");

    assertThat(reading.rejections(), empty());
    assertThat(
        reading.fields().stream()
            .map(mail -> mail.get("Subject") + "|" + mail.get("Content"))
            .toList(),
        contains("one|first", "two|second"));
    assertThat(reading.positions(), contains(2, 7));
  }

  @Test
  void linesThatBeginAMailAreKnownByTheirDate() {
    for (String line :
        List.of(
            "From - Tue Jan 02 08:00:00 2024",
            "From 1234@xxx Mon Jan 01 00:00:00 +0000 2024",
            "From user at example.org  Mon Jan  1 10:00 2024\r")) {
      assertThat(line, read(line + "\nSubject: a\n\nb\n").fields(), hasSize(1));
    }
  }

  @Test
  void thePlainTextIsPreferredWhereverItStands() {
    assertThat(
        content(
            "Content-Type: multipart/mixed; boundary=x",
            "",
            "preamble",
            "--x",
            "Content-Type: text/plain; name=notes.txt",
            "Content-Disposition: attachment",
            "",
            "attached",
            "--x",
            "Content-Type: multipart/alternative; boundary=y",
            "",
            "--y",
            "Content-Type: text/html; charset=no-such-charset",
            "",
            "<p>html</p>",
            "--y",
            "Content-Type: text/plain; charset=utf-8",
            "Content-Transfer-Encoding: quoted-printable",
            "",
            "caf=C3=A9 =",
            "au lait",
            "",
            "--y--",
            "--x",
            "Content-Type: message/rfc822",
            "",
            "Subject: forwarded",
            "",
            "forwarded",
            "--x--"),
        equalTo("café au lait"));
  }

  @Test
  void withoutPlainTextTheHtmlIsTakenAsItStands() {
    assertThat(
        content("Content-Type: text/html", "", "<p>a &amp; b</p>"), equalTo("<p>a &amp; b</p>"));
    assertThat(content("Content-Type: image/png", "", "xx"), equalTo(""));
  }

  @Test
  void theCharsetIsTheOneThatTheMailNamesElseTheOneOfTheFile() {
    String base64 =
        Base64.getEncoder().encodeToString("Привет".getBytes(Charset.forName("koi8-r")));
    assertThat(
        content(
            "Content-Type: text/plain; charset=KOI8-R",
            "Content-Transfer-Encoding: base64",
            "",
            base64),
        equalTo("Привет"));
    assertThat(content("", "ümlaut"), equalTo("ümlaut"));
    byte[] latin = (FROM + "Subject: s\n\n\u00fc\n").getBytes(StandardCharsets.ISO_8859_1);
    assertThat(
        Reading.of(
                Reading.whole(InputFormat.MBOX, Compression.NONE, "ISO-8859-1"),
                ReadOptions.defaults(),
                latin)
            .fields()
            .get(0)
            .get("Content"),
        equalTo("ü"));
    assertThat(
        Reading.of(Reading.whole(InputFormat.MBOX), ReadOptions.defaults(), latin).rejections(),
        contains(
            "1 bad_encoding: the mail names no charset for its text, and the text is not UTF-8;"
                + " name another one with the setting charset"));
  }

  @Test
  void datesAreInUtcHoweverTheyAreWritten() {
    assertThat(date("Tue, 02 Jan 2024 08:00:00 -0330 (NST)"), equalTo("2024-01-02T11:30:00Z"));
    assertThat(date("2 Jan 24 08:00 EST"), equalTo("2024-01-02T13:00:00Z"));
    assertThat(date("Tue, 2 Jan 2024 08:00:00 GMT"), equalTo("2024-01-02T08:00:00Z"));
  }

  @Test
  void aBadMailIsRejectedWithTheReasonAndTheOthersStay() {
    assertThat(
        rejection("Subject: a", "Date: yesterday", "", "b"),
        equalTo(
            "1 malformed_record: the header Date is not a date: \"yesterday\"; correct or remove it"));
    assertThat(
        rejection("Date: 99999999999 Jan 2024 08:00:00 +0000", "", "b"),
        equalTo(
            "1 malformed_record: the header Date is not a date: \"99999999999 Jan 2024 08:00:00"
                + " +0000\"; correct or remove it"));
    assertThat(
        rejection("", "no header"),
        equalTo(
            "1 malformed_record: this is not a mail: it has none of the headers From, To, Subject and"
                + " Date"));
    assertThat(
        rejection("Subject: a", "Content-Type: text/plain; charset=x-unheard-of", "", "b"),
        equalTo("1 malformed_record: the charset of its text is unknown: \"x-unheard-of\""));
    assertThat(
        rejection(
            "Subject: a",
            "Content-Type: text/plain; charset=utf-8",
            "Content-Transfer-Encoding: base64",
            "",
            "/w=="),
        equalTo(
            "1 bad_encoding: the text holds bytes that are not utf-8, the charset that the mail declares"));
    Reading reading = read(FROM + "\nno header\n" + FROM + "Subject: good\n\nx\n");
    assertThat(reading.positions(), contains(4));
    assertThat(reading.rejectedRaw(), contains("\nno header\n"));
  }

  @Test
  void partsInPartsEndAtSomeDepth() {
    StringBuilder mail = new StringBuilder(FROM + "Subject: a\n");
    for (int i = 0; i < 5000; i++) {
      mail.append(
          String.format(
              Locale.ROOT, "Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n", i, i));
    }
    assertThat(
        read(mail.toString()).rejections(),
        contains("1 malformed_record: parts stand in parts more than 30 times"));
  }

  @Test
  void headersWithoutEndAreRefused() {
    assertThat(
        read(FROM + "Subject: a\n" + "X: y\n".repeat(10_001) + "\nb\n").rejections(),
        contains(
            "1 malformed_record: the mail cannot be read: Maximum header limit (10000)"
                + " exceeded"));
  }

  @Test
  void aMailLongerThanTheLimitIsRejectedByItsBeginning() {
    Reading reading =
        Reading.of(
            InputFormat.MBOX,
            FROM + "Subject: a\n\n" + "line\n".repeat(100) + FROM + "Subject: b\n\nx\n",
            60);
    assertThat(reading.positions(), contains(104));
    assertThat(
        reading.rejections(),
        contains("1 row_too_large: the row is longer than maxRowBytes, 60 bytes"));
    assertThat(reading.rejectedRaw().get(0).startsWith("Subject: a\n\nline\n"), equalTo(true));
  }

  @Test
  void whatDoesNotBeginAsAMailboxIsUnreadable() {
    assertThat(
        read("\n\nDear Ada,\n\nb\n").rejections(),
        contains(
            "3 unreadable_file: in/file: line 3 does not begin a mail as in a mailbox, From sender"
                + " date; if this is not a mailbox, name its format with --inputFormat"));
    assertThat(read("\n").stats(), equalTo(new RangeStats(0, 0, 0, 1)));
  }
}
