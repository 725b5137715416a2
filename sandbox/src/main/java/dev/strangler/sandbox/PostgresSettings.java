package dev.strangler.sandbox;

/** The server's settings, each that differs from the default with its reason. */
final class PostgresSettings {

    private PostgresSettings() {}

    static String of(int port) {
        return """
                # Written at every start; changes here are lost.
                listen_addresses = '127.0.0.1'
                port = %s
                # Nobody needs the socket, and its path may be longer than the kernel allows.
                unix_socket_directories = ''
                # The relay decodes the log.
                wal_level = logical
                max_replication_slots = 64
                max_wal_senders = 64
                # What is committed survives a killed machine: the drills count on it.
                fsync = on
                synchronous_commit = on
                full_page_writes = on
                # Several deployables with a pool each, and their tests.
                max_connections = 300
                shared_buffers = 128MB
                max_wal_size = 2GB
                timezone = 'UTC'
                log_timezone = 'UTC'
                log_line_prefix = '%%m [%%p] %%q%%u@%%d '
                log_checkpoints = off
                """.formatted(port);
    }
}
