package dev.strangler.architecture.observed;

import dev.strangler.architecture.sql.Verb;
import org.jspecify.annotations.Nullable;

/**
 * Committed changes of one kind.
 *
 * @param table as the feature map would say it; a part of a partitioned table counts as the whole
 * @param verb INSERT, UPDATE, DELETE or TRUNCATE
 * @param teller who said that it was him; null if nobody did, as where triggers were put out of force
 * @param rows how many there were
 */
public record ObservedWrite(
        String table, Verb verb, @Nullable Teller teller, long rows) {

    /**
     * Who said so, from inside the writing transaction.
     *
     * @param author what the transaction's setting {@code strangler.author} named; empty if nothing
     * @param login the role that had logged in
     * @param role the role that it had become; the same if none
     * @param application the name that the client gave itself
     */
    public record Teller(String author, String login, String role, String application) {}
}
