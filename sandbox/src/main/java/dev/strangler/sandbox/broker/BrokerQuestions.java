package dev.strangler.sandbox.broker;

import java.time.Duration;

/**
 * What the sandbox wants of a broker, in terms that both class loaders know. Public only because the answering class is
 * loaded by another loader.
 */
public interface BrokerQuestions {

    /** Whether a broker has joined its cluster and tells of itself within the limit. */
    boolean answers(String bootstrapServers, Duration limit);

    /**
     * Creates a topic with one replica; one that exists already is left as it is.
     *
     * @throws IllegalStateException if the broker refuses or does not answer within the limit
     */
    void createTopic(String bootstrapServers, String name, int partitions, Duration limit);
}
