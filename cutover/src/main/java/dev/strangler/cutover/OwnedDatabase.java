package dev.strangler.cutover;

import dev.strangler.outbox.relay.RelayPace;

/**
 * A side's database and the roles that the kit uses in it.
 *
 * @param url JDBC URL, {@code jdbc:postgresql://host:port/name}, without credentials
 * @param owner the role that owns the side's tables and the kit's
 * @param relay the role that the connector replicates with
 * @param verifier the role that compares: it may read the views of states and the outbox, and change
 *     nothing; the owner, where the map names none
 * @param pace how eagerly the connector hands over what is committed here
 */
public record OwnedDatabase(String url, Role owner, Role relay, Role verifier, RelayPace pace) {

    /** A login role. Its text never shows the password. */
    public record Role(String name, String password) {
        @Override
        public String toString() {
            return name;
        }
    }
}
