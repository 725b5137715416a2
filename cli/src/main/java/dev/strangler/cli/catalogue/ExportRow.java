package dev.strangler.cli.catalogue;

import org.apache.commons.csv.CSVRecord;

/** A row by the names of its columns; an absent column reads as empty. */
record ExportRow(long line, CSVRecord record) {

    String handle() {
        return get("Handle");
    }

    String get(String column) {
        return record.isSet(column) ? record.get(column).strip() : "";
    }

    BadRow bad(String reason) {
        return new BadRow(line, handle(), reason);
    }
}
