package dev.strangler.acceptance;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.StringSerializer;
import tools.jackson.databind.json.JsonMapper;

/** Publishes past the owner, as only a broken or hostile publisher would, and lets an operator clear away what came of it. */
record Stranger(RunningShop shop) {

    void publishUnreadable(String id) throws ExecutionException, InterruptedException, TimeoutException {
        publish(id, 1, "AssetUploaded", "{\"not\":\"an asset\"}");
    }

    /** Under the epoch of the owner: events of a former owner would be dropped unread. */
    void publish(String id, long version, String type, String payload)
            throws ExecutionException, InterruptedException, TimeoutException {
        // Anybody else would be turned away by the brokers.
        var settings = new HashMap<>(shop.kafkaAs("monolith_relay", "monolith_relay"));
        settings.put("acks", "all");
        var epoch = new MovingFeature(shop, "assets").epoch();
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            var headers = List.of(
                    header("id", "drill-Asset-" + id + "-v" + version),
                    header("type", type),
                    header("aggregatetype", "Asset"),
                    header("origin", "drill"),
                    header("epoch", String.valueOf(epoch)),
                    header("aggregateversion", String.valueOf(version)),
                    header("schemaversion", "1"),
                    header("occurredat", Instant.EPOCH.toString()));
            producer.send(new ProducerRecord<>("assets.v1", null, id, payload, headers))
                    .get(30, TimeUnit.SECONDS);
        }
    }

    /** What waits for an operator, as the command line tells it. */
    String parked() {
        return shop.cli("parked", "--json").succeeded().out();
    }

    /** Has everybody who parked it go on without it. */
    void skip(String id) {
        for (var consumer : consumersThatParked(id)) {
            shop.cli("parked", "skip", consumer, "Asset", id).succeeded();
        }
    }

    private List<String> consumersThatParked(String id) {
        var consumers = new ArrayList<String>();
        var parked = new JsonMapper().readTree(parked());
        (parked.isArray() ? parked : parked.path("items")).forEach(record -> {
            if (record.path("aggregateId").asString().equals(id)) {
                consumers.add(record.path("consumer").asString());
            }
        });
        return consumers.stream().distinct().toList();
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
