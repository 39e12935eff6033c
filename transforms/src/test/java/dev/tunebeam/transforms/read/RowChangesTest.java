package dev.tunebeam.transforms.read;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tunebeam.transforms.read.input.ReadOptions;
import dev.tunebeam.transforms.read.input.RowChanges;
import dev.tunebeam.transforms.read.input.UnusableInputException;
import dev.tunebeam.transforms.row.RangeStats;
import dev.tunebeam.transforms.where.Condition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a recipe changes in rows while they are read. */
class RowChangesTest {

  private final Path folder;

  RowChangesTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private static RowChanges where(String condition) {
    return new RowChanges(Condition.parse(condition), false, Set.of(), 0, List.of());
  }

  private static RowChanges table(int headerRow, String... fillDown) {
    return new RowChanges(null, false, Set.of(), headerRow, List.of(fillDown));
  }

  private Path file(String name, String... lines) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, String.join("\n", lines) + "\n");
  }

  private static Reading read(Path file, RowChanges changes) {
    return Reading.ofFile(file, ReadOptions.defaults().withChanges(changes));
  }

  @Test
  void rowsThatDoNotMeetTheConditionAreCountedAndBrokenOnesAreStillRejected() throws IOException {
    Path file =
        file("in.jsonl", "{\"a\":1,\"b\":\"x\"}", "{\"a\":", "{\"a\":3,\"b\":\"y\"}", "{\"a\":0}");
    Reading reading = read(file, where("a >= 1 and b? != 'x'"));
    assertThat(reading.fields().toString(), equalTo("[{a=3, b=y}]"));
    assertThat(reading.positions(), contains(3));
    assertThat(reading.rejected().size(), equalTo(1));
    assertThat(reading.stats(), equalTo(new RangeStats(0, 0, 4, 2, 4)));
  }

  @Test
  void theFirstRowsAreThoseThatAreKept() throws IOException {
    Path file = file("in.csv", "a,b", "1,x", "2,y");
    assertThat(head(file, where("a == 2")), equalTo("[{a=2, b=y}]"));
    assertThat(head(file, where("a == 3")), equalTo("[{a=1, b=x}, {a=2, b=y}]"));
  }

  private static String head(Path file, RowChanges changes) {
    return InputFiles.find(List.of(file.toString()), ReadOptions.defaults().withChanges(changes))
        .head(0)
        .stream()
        .map(row -> row.fields())
        .toList()
        .toString();
  }

  @Test
  void aNameThatNoFirstRowHasIsRefused() throws IOException {
    Path file = file("in.csv", "Label,b", "1,x");
    assertThat(
        unusable(file, where("lable == 2")),
        equalTo(
            "the recipe's where or fillDown names the field lable, which none of the first rows has;"
                + " they have Label, b; correct the name, or in where write lable? if it may be"
                + " missing"));
    assertThat(read(file, where("label == 2 or lable? is null")).rows().size(), equalTo(1));
    assertThat(
        unusable(file, table(0, "c"))
            .startsWith("the recipe's where or fillDown names the field c,"),
        equalTo(true));
  }

  private static String unusable(Path file, RowChanges changes) {
    return String.valueOf(
        assertThrows(
                UnusableInputException.class,
                () ->
                    InputFiles.find(
                        List.of(file.toString()), ReadOptions.defaults().withChanges(changes)))
            .getMessage());
  }

  @Test
  void theHeaderMayBeBelowATitle() throws IOException {
    Path file = file("in.csv", "", "Report of \"May\";;", "", "a;b", "1;x", "a;b");
    Reading reading = read(file, table(4));
    assertThat(reading.fields().toString(), equalTo("[{a=1, b=x}]"));
    assertThat(
        reading.rejections(), contains("6 malformed_csv: the row repeats the header; take it out"));
    assertThat(reading.positions(), contains(5));
  }

  @Test
  void blankCellsTakeTheValueAboveWithinAFile() throws IOException {
    Path file =
        file(
            "in.csv",
            "Team,Topic,n",
            ",x,1",
            "A,,2",
            ",y,3",
            "too,many,cells,here",
            " ,,4",
            "B,,5");
    assertThat(
        read(file, table(0, "team", "Topic")).fields().toString(),
        equalTo(
            "[{Team=, Topic=x, n=1}, {Team=A, Topic=x, n=2}, {Team=A, Topic=y, n=3}, {Team=A, Topic=y, n=4}, {Team=B, Topic=y, n=5}]"));
    Path lines = file("in.jsonl", "{\"Team\":\"A\"}", "{\"Team\":\"\"}");
    assertThat(read(lines, table(0, "Team")).fields().toString(), equalTo("[{Team=A}, {Team=}]"));
  }

  @Test
  void textsMayStandForNull() throws IOException {
    RowChanges changes =
        new RowChanges(Condition.parse("b is not null"), false, Set.of("NaN", "-"), 0, List.of());
    Path file = file("in.csv", "a,b", "NaN,nan", "x, - ", "-1,NaN.");
    assertThat(
        read(file, changes).fields().toString(), equalTo("[{a=null, b=nan}, {a=-1, b=NaN.}]"));
  }

  @Test
  void fileAndFolderAreFieldsUnlessTheRowHasSuch() throws IOException {
    RowChanges changes = new RowChanges(null, true, Set.of(), 0, List.of());
    Path spam = file("spam/a.v2.jsonl", "{\"t\":1}", "{\"t\":2,\"_file\":\"own\"}");
    assertThat(
        read(spam, changes).fields().toString(),
        equalTo("[{t=1, _file=a.v2, _folder=spam}, {t=2, _file=own, _folder=spam}]"));
    assertThat(FileNames.plain("gs://b/x/spam.csv.gz"), equalTo("spam"));
    assertThat(FileNames.folder("gs://b/x/spam.csv.gz"), equalTo("x"));
    assertThat(FileNames.plain("mail"), equalTo("mail"));
  }
}
