package dev.strangler.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;

/** Publishes events as the relay does. */
final class Events implements AutoCloseable {

    private final KafkaProducer<String, String> producer;
    private final String topic;
    private final List<Future<RecordMetadata>> underWay = new ArrayList<>();

    Events(String bootstrapServers, String topic) {
        this.topic = topic;
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "acks", "all", "linger.ms", "1"),
                new StringSerializer(),
                new StringSerializer());
    }

    static ProducerRecord<String, String> event(String topic, String id, long version, String payload) {
        var record = new ProducerRecord<>(topic, id, payload);
        header(record, "id", "test-Asset-%s-v%d".formatted(id, version));
        header(record, "aggregatetype", "Asset");
        header(record, "aggregateversion", Long.toString(version));
        header(record, "type", version == 1 ? "AssetUploaded" : "AssetTagged");
        header(record, "origin", "test");
        header(record, "epoch", "0");
        header(record, "schemaversion", "1");
        header(record, "occurredat", Instant.now().toString());
        header(record, "traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
        return record;
    }

    static void header(ProducerRecord<String, String> record, String name, String value) {
        record.headers().remove(name).add(name, value.getBytes(UTF_8));
    }

    Events send(String id, long version) {
        return send(id, version, "{\"version\":%d}".formatted(version));
    }

    Events send(String id, long version, String payload) {
        return send(event(topic, id, version, payload));
    }

    Events send(ProducerRecord<String, String> record) {
        underWay.add(producer.send(record));
        return this;
    }

    /** Returns when all that was sent is in the log. */
    void arrive() {
        try {
            for (var sent : underWay) {
                sent.get(20, TimeUnit.SECONDS);
            }
            underWay.clear();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
