package dev.strangler.cli.catalogue;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Reads {@code products.csv} in the column layout of a Shopify product export: UTF-8 with or without a byte order mark,
 * quoted as in RFC 4180, one row per variant or image; rows of one product share their {@code Handle}, and only its
 * first row has the title. Columns that the shop has no use for are passed over.
 */
public final class ProductExport {

    /** The file's name inside of a catalogue's directory. */
    public static final String FILE_NAME = "products.csv";

    private static final List<String> REQUIRED = List.of("Handle", "Title", "Variant Price");

    private final Path directory;
    private final List<BadRow> badRows = new ArrayList<>();
    private final Map<String, List<ExportRow>> rowsByHandle = new LinkedHashMap<>();

    private ProductExport(Path directory) {
        this.directory = directory;
    }

    /**
     * Reads the catalogue in a directory. Rows that make no sense are reported in {@link Catalogue#badRows()} and do not
     * keep the others out.
     *
     * @throws UnreadableCatalogue if there is no such file, it lacks a required column or is not UTF-8
     */
    public static Catalogue in(Path directory) {
        var file = directory.resolve(FILE_NAME);
        if (!Files.isRegularFile(file)) {
            throw new UnreadableCatalogue("There is no " + FILE_NAME + " in " + directory
                    + ". Name the directory that holds it; its images are looked up relative to it.");
        }
        var export = new ProductExport(directory);
        try (var reader = utf8(file)) {
            export.readRows(reader);
        } catch (CharacterCodingException e) {
            throw new UnreadableCatalogue(file + " is not UTF-8. Save it as UTF-8 and import again.", e);
        } catch (IOException e) {
            throw new UnreadableCatalogue(file + " cannot be read: " + e.getMessage(), e);
        }
        return export.catalogue();
    }

    private static Reader utf8(Path file) throws IOException {
        var bytes = new PushbackInputStream(Files.newInputStream(file), 3);
        var mark = bytes.readNBytes(3);
        if (!(mark.length == 3 && mark[0] == (byte) 0xEF && mark[1] == (byte) 0xBB && mark[2] == (byte) 0xBF)) {
            bytes.unread(mark);
        }
        return new InputStreamReader(bytes, StandardCharsets.UTF_8.newDecoder());
    }

    private void readRows(Reader reader) throws IOException {
        var format = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .setIgnoreEmptyLines(true)
                .get();
        CSVParser parser;
        try {
            parser = format.parse(reader);
        } catch (IllegalArgumentException e) {
            throw new UnreadableCatalogue("The header of " + FILE_NAME + " cannot be used: " + e.getMessage(), e);
        }
        var missing = REQUIRED.stream()
                .filter(column -> !parser.getHeaderMap().containsKey(column))
                .toList();
        if (!missing.isEmpty()) {
            throw new UnreadableCatalogue(FILE_NAME + " lacks the columns " + missing
                    + ". A Shopify product export has them; its first line names the columns.");
        }
        readRecords(parser);
    }

    private void readRecords(CSVParser parser) throws IOException {
        var records = parser.iterator();
        var lastLine = parser.getCurrentLineNumber();
        while (true) {
            try {
                if (!records.hasNext()) {
                    return;
                }
                var record = records.next();
                lastLine = parser.getCurrentLineNumber();
                add(
                        lastLine - lineBreaksIn(record),
                        record,
                        parser.getHeaderMap().size());
            } catch (UncheckedIOException e) {
                var cause = e.getCause();
                if (cause instanceof CharacterCodingException coding) {
                    throw coding;
                }
                badRows.add(new BadRow(
                        lastLine + 1,
                        "",
                        "the quoting is broken, so this row and all after it were not read (" + e.getMessage()
                                + "). Close the quotes and import again."));
                return;
            }
        }
    }

    /** A record ends where the parser stands; it began as many lines before as it holds line breaks. */
    private static long lineBreaksIn(CSVRecord record) {
        return record.stream()
                .mapToLong(value -> value.lines().count() - 1 + (value.endsWith("\n") ? 1 : 0))
                .filter(breaks -> breaks > 0)
                .sum();
    }

    private void add(long line, CSVRecord record, int columns) {
        var row = new ExportRow(line, record);
        if (record.size() != columns) {
            badRows.add(new BadRow(
                    line,
                    row.handle(),
                    "the row has " + record.size() + " fields, the header " + columns
                            + ". Quote fields that hold commas."));
        } else if (row.handle().isEmpty()) {
            badRows.add(new BadRow(line, "", "the row has no Handle, so it belongs to no product."));
        } else {
            rowsByHandle
                    .computeIfAbsent(row.handle(), handle -> new ArrayList<>())
                    .add(row);
        }
    }

    private Catalogue catalogue() {
        var joining = new JoiningRows(new ImageFiles(directory), badRows);
        var products = new ArrayList<CatalogueProduct>();
        rowsByHandle.values().forEach(rows -> joining.join(rows).ifPresent(products::add));
        badRows.sort((one, other) -> Long.compare(one.line(), other.line()));
        return new Catalogue(products, badRows);
    }
}
