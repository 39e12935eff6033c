package dev.tunebeam.dataset;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ManifestFileTest {

  private static final String GOLDEN = golden();

  @Test
  void theFileIsTheGoldenOne() {
    assertThat(new String(ManifestFile.bytes(ManifestExample.manifest()), UTF_8), is(GOLDEN));
  }

  @Test
  void equalManifestsGiveTheSameBytesWhateverTheOrderOfTheirMaps() {
    var shards = List.of(ManifestExample.TRAIN, ManifestExample.VALIDATION);
    var usd = new BigDecimal("0.08612");
    var one = ManifestExample.manifest(shards, 6, usd, "validation", "input");
    var other = ManifestExample.manifest(shards, 6, usd, "input", "validation");
    assertThat(one, is(other));
    assertThat(ManifestFile.bytes(one), is(ManifestFile.bytes(other)));
  }

  @Test
  void whatWasWrittenIsReadBackEqual(@TempDir Path folder) throws IOException {
    Path file = folder.resolve(Manifest.FILE_NAME);
    Files.write(file, ManifestFile.bytes(ManifestExample.manifest()));
    assertThat(ManifestFile.read(file), is(ManifestExample.manifest()));
    assertThat(Files.readString(file), is(GOLDEN));
  }

  @Test
  void anUnknownPriceIsNullInTheFile() {
    var manifest = ManifestExample.manifest(List.of(), 6, null);
    String json = new String(ManifestFile.bytes(manifest), UTF_8);
    assertThat(json.contains("\"usd\": null,"), is(true));
    assertThat(ManifestFile.parse(json.getBytes(UTF_8), "m"), is(manifest));
  }

  @Test
  void largeAmountsStandInPlainDigits() {
    var manifest = ManifestExample.manifest(List.of(), 6, new BigDecimal("1E+8"));
    String json = new String(ManifestFile.bytes(manifest), UTF_8);
    assertThat(json.contains("\"usd\": 100000000,"), is(true));
    assertThat(ManifestFile.parse(json.getBytes(UTF_8), "m"), is(manifest));
  }

  @Test
  void imagesStandInTheFileOnlyIfThereAreSome() {
    String images = "    \"images\": {\n      \"count\": 12,\n      \"unsized\": 4\n    }";
    String json = GOLDEN.replaceFirst("(\"max\": 300\\n    })", "$1,\n" + images);
    Manifest manifest = ManifestFile.parse(json.getBytes(UTF_8), "m");
    assertThat(manifest.tokens().images(), is(new Manifest.Images(12, 4)));
    assertThat(manifest.tokens().unsizedImages(), is(4L));
    assertThat(new String(ManifestFile.bytes(manifest), UTF_8), is(json));
    assertThat(
        complaint(json.replace("\"unsized\": 4", "\"unsized\": 13")),
        is(broken("tokens.images.unsized is 13, more than all 12 images")));
  }

  @Test
  void aTruncatedFileIsRefusedWithItsNameAndThePlace() {
    assertThat(
        complaint(GOLDEN.substring(0, GOLDEN.indexOf("\"duplicates\""))),
        is(broken("'rows': Unexpected end-of-input within/between Object entries")));
  }

  @Test
  void aKeyTooMuchIsNamed() {
    assertThat(
        complaint(GOLDEN.replace("\"conflicts\": 1,", "\"conflicts\": 1, \"conflict\": 1,")),
        is(broken("unknown key 'conflict'")));
  }

  @Test
  void aKeyThatIsMissingIsNamed() {
    assertThat(
        complaint(GOLDEN.replace("  \"conflicts\": 1,\n", "")),
        is(broken("the key 'conflicts' is missing")));
  }

  @Test
  void aNullWhereAValueMustBeIsNamed() {
    assertThat(
        complaint(GOLDEN.replace("\"version\": \"0.1.0\"", "\"version\": null")),
        is(broken("'version' is null")));
    assertThat(
        complaint(GOLDEN.replace("\"separator\": \"\"", "\"separator\": null")),
        is(broken("'inference.separator' is null")));
  }

  @Test
  void aWrongTypeIsRefused() {
    assertThat(
        complaint(GOLDEN.replace("\"read\": 12", "\"read\": 12.5")),
        is(broken("'rows.read': Cannot coerce Floating-point value (12.5) to `long` value")));
  }

  @Test
  void numbersThatContradictEachOtherAreRefusedWithBoth() {
    assertThat(
        complaint(GOLDEN.replace("\"read\": 12", "\"read\": 13")),
        is(
            broken(
                "rows do not add up: 13 read, 6 train + 2 validation + 1 duplicates + 3"
                    + " rejected + 0 filtered + 0 sampledOut")));
  }

  @Test
  void aChangedShardIsSeenByTheDigest() {
    assertThat(
        complaint(GOLDEN.replace("2".repeat(64), "3".repeat(64))),
        is(
            broken(
                "digest is 682837ea29edc0e3ab2c753c11f402d216d8229d7747573d726b64e403b2c8f5,"
                    + " but the shards give"
                    + " e375ed441c2446c56641ad501dd7e20b4b8586da6b9c84c423b0cf5824046deb: shards or digest were changed")));
  }

  @Test
  void aKeyGivenTwiceIsRefused() {
    assertThat(
        complaint(GOLDEN.replace("  \"cleaned\": 1,\n", "  \"cleaned\": 1,\n  \"cleaned\": 2,\n")),
        is(broken("line 20, column 12: Duplicate field 'cleaned'")));
  }

  @Test
  void whatIsNoJsonIsRefusedWithTheLine() {
    assertThat(
        complaint(GOLDEN.replace("\"cleaned\":", "cleaned:")),
        is(
            broken(
                "line 19, column 4: Unexpected character ('c' (code 99)): was expecting"
                    + " double-quote to start field name")));
  }

  @Test
  void moreAfterTheEndIsRefused() {
    assertThat(complaint(GOLDEN + "{}"), is(broken("it has content after its end")));
  }

  @Test
  void nothingAndNullAreNoManifests() {
    assertThat(complaint(""), is(broken("it is empty")));
    assertThat(complaint("null"), is(broken("it is null")));
  }

  private static String broken(String why) {
    return "out/manifest.json is not a valid manifest of this version: "
        + why
        + ". Prepare the dataset again with --overwrite.";
  }

  private static String complaint(String json) {
    return String.valueOf(
        assertThrows(
                BrokenManifestException.class,
                () -> ManifestFile.parse(json.getBytes(UTF_8), "out/manifest.json"))
            .getMessage());
  }

  private static String golden() {
    try (InputStream in = ManifestFileTest.class.getResourceAsStream("manifest.json")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
