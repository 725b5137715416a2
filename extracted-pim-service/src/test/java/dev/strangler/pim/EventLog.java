package dev.strangler.pim;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes events into a topic as the relay would, header by header. */
public final class EventLog implements AutoCloseable {

    private final KafkaProducer<String, String> producer;

    public EventLog(String bootstrapServers) {
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "acks", "all"),
                new StringSerializer(),
                new StringSerializer());
    }

    /** Appends one event and waits until the broker has it. */
    public void append(
            String topic, String aggregateType, String aggregateId, long version, String type, String payload) {
        var event = new ProducerRecord<>(topic, aggregateId, payload);
        Map.of(
                        "id",
                        "monolith-" + aggregateType + "-" + aggregateId + "-v" + version,
                        "type",
                        type,
                        "origin",
                        "monolith",
                        "epoch",
                        "0",
                        "aggregatetype",
                        aggregateType,
                        "aggregateversion",
                        Long.toString(version),
                        "schemaversion",
                        "1",
                        "occurredat",
                        Instant.parse("2026-11-21T10:00:00Z")
                                .plusSeconds(version)
                                .toString())
                .forEach((name, value) -> event.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        try {
            producer.send(event).get(30, TimeUnit.SECONDS);
        } catch (Exception failure) {
            throw new IllegalStateException("The broker did not take event " + aggregateId + " v" + version, failure);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
