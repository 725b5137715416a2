package dev.strangler.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Reads records as the relay writes them: the key is the aggregate's id, the value its state, all else is in headers. */
final class Reading {

    /** The original key of a parked record whose key could not serve as an aggregate id. */
    private static final String KEY = "strangler.key";

    /** Says that a parked record is not what was in the log, so it can be looked at but never applied. */
    static final String ALTERED = "strangler.altered";

    private Reading() {}

    static LogRecord read(TopicPartition partition, ConsumerRecord<String, String> record) {
        var headers = new Headers();
        for (var header : record.headers()) {
            headers.take(header.key(), header.value() == null ? null : new String(header.value(), UTF_8));
        }
        return read(partition, record.offset(), record.key(), headers, new FromLog(record));
    }

    /** Reads a record again that was parked. */
    static LogRecord reread(
            TopicPartition partition,
            long offset,
            String aggregateId,
            Map<String, String> parked,
            @Nullable String payload) {
        var headers = new Headers();
        parked.forEach(headers::take);
        var key = parked.getOrDefault(KEY, aggregateId);
        if (parked.containsKey(ALTERED)) {
            headers.refuse("it contained NUL characters");
        }
        return read(partition, offset, key, headers, new Parked(parked, payload));
    }

    private static LogRecord read(
            TopicPartition partition, long offset, @Nullable String key, Headers headers, LogRecord.Raw raw) {
        var type = headers.aggregateType();
        var id = key != null && Headers.isUsable(key) ? key : partition + "@" + offset;
        var aggregate = new AggregateKey(type == null ? AggregateKey.UNKNOWN_TYPE : type, id);
        var payload = raw.payload();
        if (payload == null) {
            return new LogRecord(partition, offset, aggregate, null, null, raw);
        }
        var event = headers.event(key, payload, partition.topic(), partition.partition(), offset);
        return new LogRecord(partition, offset, aggregate, event, event == null ? headers.problem() : null, raw);
    }

    private record Parked(
            Map<String, String> headers, @Nullable String payload) implements LogRecord.Raw {}

    private record FromLog(ConsumerRecord<String, String> record) implements LogRecord.Raw {

        @Override
        public Map<String, String> headers() {
            var texts = new LinkedHashMap<String, String>();
            for (var header : record.headers()) {
                if (header.value() != null) {
                    texts.put(header.key(), new String(header.value(), UTF_8));
                }
            }
            var key = record.key();
            if (key != null && !Headers.isUsable(key)) {
                texts.put(KEY, key);
            }
            return texts;
        }

        @Override
        public @Nullable String payload() {
            return record.value();
        }
    }
}
