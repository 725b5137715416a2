package dev.strangler.outbox.relay;

import java.util.LinkedHashMap;
import java.util.Map;

/** Every setting of the connector, with its reason beside it. */
final class RelaySettings {

    private static final String OUTBOX = "strangler.outbox";

    private RelaySettings() {}

    static Map<String, String> of(RelayConnector connector) {
        var settings = new LinkedHashMap<String, String>();
        database(settings, connector);
        slot(settings, connector);
        pace(settings, connector.pace());
        heartbeat(settings, connector);
        router(settings, connector);
        conversion(settings);
        producer(settings, connector.pace());
        identity(settings, connector);
        failure(settings);
        return settings;
    }

    private static void database(Map<String, String> settings, RelayConnector connector) {
        settings.put("connector.class", "io.debezium.connector.postgresql.PostgresConnector");
        settings.put("tasks.max", "1"); // a slot has one reader
        settings.put("database.hostname", connector.host());
        settings.put("database.port", String.valueOf(connector.port()));
        settings.put("database.dbname", connector.database());
        settings.put("database.user", connector.username());
        settings.put("database.password", connector.password());
        settings.put(
                "database.tcpKeepAlive", "true"); // notices a half-open connection; the default is silence for ever
        settings.put("topic.prefix", prefix(connector));
        // The partition root, not the partitions: the publication reports every row as the root's
        // (publish_via_partition_root).
        settings.put("table.include.list", OUTBOX.replace(".", "\\."));
        // Bookkeeping of the database's end, which the kit's publication leaves out; one made by hand may not, and
        // Debezium warns that it cannot read a
        // pg_lsn.
        settings.put("column.exclude.list", "strangler\\.outbox\\.(lsn|created_at)");
        // Anybody in the database may emit a logical message; one that reaches the router kills the task.
        settings.put("message.prefix.exclude.list", ".*");
        settings.put(
                "extended.headers.enabled", "false"); // four headers about the connector on every record, for nobody
        settings.put(
                "provide.transaction.metadata", "false"); // readers need none of it, and it has lost rows at restarts
    }

    private static void slot(Map<String, String> settings, RelayConnector connector) {
        settings.put("plugin.name", "pgoutput"); // in every PostgreSQL, nothing to install
        settings.put("slot.name", connector.slot());
        settings.put("publication.name", connector.publication());
        settings.put(
                "publication.autocreate.mode", "disabled"); // the default needs a superuser and drags in every table
        settings.put(
                "snapshot.mode",
                "no_data"); // the outbox's past is no news; what a slot lost is appended again on purpose
        settings.put(
                "offset.mismatch.strategy",
                "trust_offset"); // a slot ahead of the offset stops the task instead of skipping
        settings.put("lsn.flush.mode", "connector"); // one acknowledgement, the broker's, moves the slot
        settings.put(
                "slot.drop.on.stop", "false"); // dropping the slot loses whatever is committed until it is made again
        settings.put("slot.failover", "true"); // from PostgreSQL 17 on the slot can follow to a standby
        // After a crash the old reader may hold the slot until wal_sender_timeout (60 s by default): wait for it, in
        // small steps.
        settings.put("slot.max.retries", "240");
        settings.put("slot.retry.delay.ms", "500");
        settings.put("status.update.interval.ms", "1000"); // the slot's position is at most this old on the server
    }

    private static void pace(Map<String, String> settings, RelayPace pace) {
        // A batch is handed over when it is full or when this has passed; at modest load it is the latency (default 500
        // ms).
        settings.put("poll.interval.ms", String.valueOf(pace.poll().toMillis()));
        settings.put("max.batch.size", "2048"); // larger ones gain nothing and repeat more after a crash
        settings.put("max.queue.size", "8192");
    }

    private static void heartbeat(Map<String, String> settings, RelayConnector connector) {
        // PostgreSQL sends nothing of transactions on unpublished tables, so an idle outbox in a busy database would
        // hold on
        // to the log for ever. The beat is an insert, since the publication publishes nothing else; one row is kept.
        settings.put(
                "heartbeat.interval.ms",
                String.valueOf(connector.pace().heartbeat().toMillis()));
        settings.put(
                "heartbeat.action.query",
                "with gone as (delete from strangler.relay_heartbeat) insert into strangler.relay_heartbeat default values");
        settings.put("topic.heartbeat.name", connector.heartbeatTopic());
    }

    private static void router(Map<String, String> settings, RelayConnector connector) {
        settings.put("transforms", "outbox");
        settings.put("transforms.outbox.type", "io.debezium.transforms.outbox.EventRouter");
        // Heartbeats and whatever else is no outbox row pass by; in the router they would stop the task.
        settings.put("transforms.outbox.predicate", "isOutbox");
        settings.put("predicates", "isOutbox");
        settings.put("predicates.isOutbox.type", "org.apache.kafka.connect.transforms.predicates.TopicNameMatches");
        settings.put("predicates.isOutbox.pattern", prefix(connector).replace(".", "\\.") + "\\.strangler\\.outbox");
        settings.put("transforms.outbox.table.field.event.id", "id"); // becomes the header 'id'
        settings.put("transforms.outbox.table.field.event.key", "aggregateid"); // order is kept per key
        settings.put("transforms.outbox.table.field.event.payload", "payload");
        settings.put("transforms.outbox.route.by.field", "topic"); // the writer knows the topic's business name
        settings.put("transforms.outbox.route.topic.replacement", "${routedByValue}");
        settings.put(
                "transforms.outbox.table.fields.additional.placement",
                "type:header,aggregatetype:header,origin:header,epoch:header,aggregateversion:header,"
                        + "schemaversion:header,occurredat:header,traceparent:header");
        settings.put(
                "transforms.outbox.table.expand.json.payload", "false"); // loses nulls and 12.50, and can stop the task
        settings.put(
                "transforms.outbox.table.op.invalid.behavior", "fatal"); // an update in an append-only table is a fault
        settings.put("tombstones.on.delete", "false"); // deletes of the outbox say nothing about the aggregate
    }

    private static void conversion(Map<String, String> settings) {
        // As written: JSON text stays the text it was, numbers in headers are their digits, occurredat is ISO-8601.
        settings.put("key.converter", "org.apache.kafka.connect.storage.StringConverter");
        settings.put("value.converter", "org.apache.kafka.connect.storage.StringConverter");
        settings.put("header.converter", "org.apache.kafka.connect.storage.StringConverter");
    }

    private static void producer(Map<String, String> settings, RelayPace pace) {
        // Needs connector.client.config.override.policy=All at the worker, which is its default.
        settings.put(
                "producer.override.compression.type",
                "lz4"); // with the large batch: a quarter less CPU here and in the broker
        settings.put("producer.override.linger.ms", String.valueOf(pace.linger().toMillis()));
        settings.put("producer.override.batch.size", String.valueOf(256 * 1024));
        settings.put("producer.override.acks", "all"); // the slot moves on acknowledgement, so it must mean something
        settings.put("producer.override.enable.idempotence", "true"); // keeps order through the producer's own retries
        settings.put(
                "producer.override.max.request.size", String.valueOf(1024 * 1024)); // the append refuses what is larger
    }

    /** Each connector writes under its own name, so that brokers can tell the owners of topics apart; the worker's own name is not enough. */
    private static void identity(Map<String, String> settings, RelayConnector connector) {
        var listener = connector.listener();
        if (listener != null) {
            listener.identity(connector.username(), connector.password())
                    .forEach((name, value) -> settings.put("producer.override." + name, value));
        }
    }

    private static void failure(Map<String, String> settings) {
        settings.put("errors.tolerance", "none"); // skipping a record that fails would be silent loss
        settings.put(
                "retriable.restart.connector.wait.ms", "1000"); // default 10 s: too long a gap after a database restart
        settings.put("errors.max.retries", "-1"); // connection errors are waited out
    }

    private static String prefix(RelayConnector connector) {
        return "strangler." + connector.database();
    }
}
