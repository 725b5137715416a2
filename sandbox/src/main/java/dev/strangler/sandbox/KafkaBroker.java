package dev.strangler.sandbox;

import java.time.Duration;

/** One KRaft broker, which is also its own controller. */
public interface KafkaBroker extends Part {

    /** Where clients ask first: {@code 127.0.0.1:port}. */
    String bootstrapServers();

    /** Where clients ask first that say who they are; nobody listens there unless the sandbox is guarded. */
    String guardedServers();

    /** Creates a topic with one replica; one that exists already is left as it is. */
    default void createTopic(String name, int partitions) {
        try {
            KafkaApart.questions().createTopic(bootstrapServers(), name, partitions, Duration.ofSeconds(30));
        } catch (IllegalStateException e) {
            throw new SandboxException(e.getMessage() + ". Is the broker running? Its log is " + log(), e);
        }
    }

    /** Whether it has joined its cluster and tells of itself at this moment. */
    default boolean answers() {
        return KafkaApart.questions().answers(bootstrapServers(), Duration.ofSeconds(5));
    }
}
