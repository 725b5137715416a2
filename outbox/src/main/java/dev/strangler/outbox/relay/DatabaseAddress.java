package dev.strangler.outbox.relay;

import java.util.regex.Pattern;

/** Host, port and database of a PostgreSQL JDBC address. */
record DatabaseAddress(String host, int port, String database) {

    private static final Pattern URL =
            Pattern.compile("jdbc:postgresql://(\\[[^]]+]|[^:/?]+)(?::(\\d+))?/([^?/]+)(?:\\?.*)?");
    private static final int DEFAULT_PORT = 5432;

    /** @throws IllegalArgumentException when it is no address of one PostgreSQL database */
    static DatabaseAddress parse(String jdbcUrl) {
        var matcher = URL.matcher(jdbcUrl);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'%s' is no address of one PostgreSQL database. Write jdbc:postgresql://host:port/database."
                            .formatted(jdbcUrl));
        }
        var port = matcher.group(2);
        return new DatabaseAddress(
                matcher.group(1), port == null ? DEFAULT_PORT : Integer.parseInt(port), matcher.group(3));
    }
}
