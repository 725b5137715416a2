package dev.strangler.sandbox;

/** Who may do everything in a sandbox's database server, and where it listens. The password is public: only loopback is bound. */
final class Superuser {

    static final String NAME = "postgres";
    static final String PASSWORD = "postgres";
    static final String HOST = "127.0.0.1";

    private Superuser() {}
}
