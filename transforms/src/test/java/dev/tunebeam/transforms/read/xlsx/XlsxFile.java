package dev.tunebeam.transforms.read.xlsx;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Workbooks as spreadsheet programs write them, and as they do not. */
public final class XlsxFile {

  private static final String HEAD = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  private static final String MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  private static final String RELATIONS =
      "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  private static final String TYPES = "http://schemas.openxmlformats.org/package/2006/";

  private final Map<String, byte[]> parts = new LinkedHashMap<>();
  private final StringBuilder sheets = new StringBuilder();
  private final StringBuilder links = new StringBuilder();
  private int count;
  private String afterSheets = "";

  /** A sheet of the XML of its rows. */
  public XlsxFile sheet(String name, String rows) {
    return sheet(name, "visible", rows);
  }

  XlsxFile sheet(String name, String state, String rows) {
    count++;
    sheets.append(
        String.format(
            Locale.ROOT,
            "<sheet name=\"%s\" sheetId=\"%d\" state=\"%s\" r:id=\"rId%d\"/>",
            name,
            count,
            state,
            count));
    links.append(
        String.format(
            Locale.ROOT,
            "<Relationship Id=\"rId%d\" Type=\"%s/worksheet\" Target=\"worksheets/sheet%d.xml\"/>",
            count,
            RELATIONS,
            count));
    return part(
        String.format(Locale.ROOT, "xl/worksheets/sheet%d.xml", count),
        "<worksheet xmlns=\"%s\"><sheetData>%s</sheetData></worksheet>".formatted(MAIN, rows));
  }

  /** As programs write it that do not calculate. */
  XlsxFile leftToReader() {
    afterSheets = "<calcPr calcId=\"124519\" fullCalcOnLoad=\"1\"/>";
    return this;
  }

  /** The texts that cells of the type s name by their number. */
  XlsxFile sharedTexts(String... texts) {
    StringBuilder xml = new StringBuilder("<sst xmlns=\"%s\">".formatted(MAIN));
    for (String text : texts) {
      xml.append("<si><t xml:space=\"preserve\">").append(text).append("</t></si>");
    }
    return part("xl/sharedStrings.xml", xml + "</sst>");
  }

  /** Formats by number: cells with s="0" have the first one. */
  XlsxFile formats(String... codes) {
    StringBuilder formats = new StringBuilder();
    StringBuilder cells = new StringBuilder();
    for (int i = 0; i < codes.length; i++) {
      boolean builtIn = codes[i].matches("\\d+");
      int id = builtIn ? Integer.parseInt(codes[i]) : 164 + i;
      if (!builtIn) {
        formats.append(
            String.format(
                Locale.ROOT,
                "<numFmt numFmtId=\"%d\" formatCode=\"%s\"/>",
                id,
                codes[i].replace("\"", "&quot;")));
      }
      cells.append(String.format(Locale.ROOT, "<xf numFmtId=\"%d\"/>", id));
    }
    return part(
        "xl/styles.xml",
        "<styleSheet xmlns=\"%s\"><numFmts>%s</numFmts><cellXfs>%s</cellXfs></styleSheet>"
            .formatted(MAIN, formats, cells));
  }

  XlsxFile part(String name, String xml) {
    parts.put(name, (HEAD + xml).getBytes(StandardCharsets.UTF_8));
    return this;
  }

  XlsxFile rawPart(String name, byte[] bytes) {
    parts.put(name, bytes);
    return this;
  }

  public byte[] bytes() {
    Map<String, byte[]> all = new LinkedHashMap<>();
    String override = "<Override PartName=\"/xl/%s.xml\" ContentType=\"%s.%s+xml\"/>";
    String type = "application/vnd.openxmlformats-officedocument.spreadsheetml";
    all.put(
        "[Content_Types].xml",
        (HEAD
                + "<Types xmlns=\"%scontent-types\">".formatted(TYPES)
                + override.formatted("workbook", type, "sheet.main")
                + override.formatted("sharedStrings", type, "sharedStrings")
                + (parts.containsKey("xl/styles.xml")
                    ? override.formatted("styles", type, "styles")
                    : "")
                + "</Types>")
            .getBytes(StandardCharsets.UTF_8));
    all.put(
        "xl/workbook.xml",
        (HEAD
                + "<workbook xmlns=\"%s\" xmlns:r=\"%s\"><sheets>%s</sheets>%s</workbook>"
                    .formatted(MAIN, RELATIONS, sheets, afterSheets))
            .getBytes(StandardCharsets.UTF_8));
    all.put(
        "xl/_rels/workbook.xml.rels",
        (HEAD
                + "<Relationships xmlns=\"%srelationships\">%s</Relationships>"
                    .formatted(TYPES, links))
            .getBytes(StandardCharsets.UTF_8));
    all.putAll(parts);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> part : all.entrySet()) {
        zip.putNextEntry(new ZipEntry(part.getKey()));
        zip.write(part.getValue());
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** A row of texts that stand in their cells. */
  public static String row(int number, String... texts) {
    StringBuilder cells = new StringBuilder();
    for (int i = 0; i < texts.length; i++) {
      cells.append(
          String.format(
              Locale.ROOT,
              "<c r=\"%c%d\" t=\"inlineStr\"><is><t>%s</t></is></c>",
              (char) ('A' + i),
              number,
              texts[i]));
    }
    return String.format(Locale.ROOT, "<row r=\"%d\">%s</row>", number, cells);
  }

  /** A cell with a number and a format. */
  static String cell(String address, String value, int format) {
    return String.format(Locale.ROOT, "<c r=\"%s\" s=\"%d\"><v>%s</v></c>", address, format, value);
  }
}
