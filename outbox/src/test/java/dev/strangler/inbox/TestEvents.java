package dev.strangler.inbox;

/** Events for tests of other packages. */
public final class TestEvents {

    private TestEvents() {}

    /** Publishes the versions 1 to {@code versions} of one aggregate. */
    public static void publish(String bootstrapServers, String topic, String id, int versions) {
        try (var events = new Events(bootstrapServers, topic)) {
            for (int version = 1; version <= versions; version++) {
                events.send(id, version);
            }
            events.arrive();
        }
    }
}
