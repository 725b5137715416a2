package dev.strangler.benchmarks;

import java.time.Duration;
import java.util.function.ObjLongConsumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Watches the topic in a thread of its own and tells the key of each record with the moment at which {@code poll} returned it. */
final class Arrivals implements AutoCloseable {

    private final KafkaConsumer<String, String> consumer;
    private final Thread thread;
    private volatile boolean closed;

    /** Starts at the end of the topic as it is now. */
    Arrivals(Workbench workbench, ObjLongConsumer<String> each) {
        this.consumer = workbench.consumer();
        var partitions = consumer.partitionsFor(Workbench.TOPIC).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position); // resolves the end now, not at the first poll
        this.thread = new Thread(() -> watch(each), "arrivals");
        thread.start();
    }

    private void watch(ObjLongConsumer<String> each) {
        while (!closed) {
            var records = consumer.poll(Duration.ofMillis(200));
            var now = System.nanoTime();
            records.forEach(record -> each.accept(record.key(), now));
        }
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        thread.join(Duration.ofSeconds(10).toMillis());
        consumer.close();
    }
}
