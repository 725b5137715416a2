package dev.strangler.cli.catalogue;

import java.util.List;

/**
 * What an import did.
 *
 * @param created went in now
 * @param alreadyThere was in the shop before
 * @param badRows did not go in, or only in part; in the order of the file
 */
public record ImportResult(Counts created, Counts alreadyThere, List<BadRow> badRows) {

    /** Copies the rows. */
    public ImportResult {
        badRows = List.copyOf(badRows);
    }

    /** Products and the pictures that they use. */
    public record Counts(int products, int images) {}
}
