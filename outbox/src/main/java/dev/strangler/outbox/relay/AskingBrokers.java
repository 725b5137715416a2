package dev.strangler.outbox.relay;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaFuture;

/** The brokers' administration, whose silence and whose refusals are both a {@link RelayRefused}. */
final class AskingBrokers implements AutoCloseable {

    private static final Duration TIME_LIMIT = Duration.ofSeconds(30);

    private final Admin admin;
    private final Object bootstrap;

    /** @param client settings of a Kafka client, at least {@code bootstrap.servers} */
    AskingBrokers(Map<String, Object> client) {
        var settings = new LinkedHashMap<>(client);
        settings.putIfAbsent(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) TIME_LIMIT.toMillis());
        settings.putIfAbsent(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) TIME_LIMIT.toMillis() / 2);
        this.bootstrap = String.valueOf(client.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG));
        this.admin = Admin.create(settings);
    }

    Admin admin() {
        return admin;
    }

    /** @throws RelayRefused when the brokers do not answer within 30 seconds or refuse; its cause is theirs */
    <T> T await(KafkaFuture<T> future, String what) {
        try {
            return future.get(TIME_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw refused(what, e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            throw refused(what, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw refused(what, e);
        }
    }

    private RelayRefused refused(String what, Throwable cause) {
        return new RelayRefused(
                "Cannot %s at %s: %s. Check that the broker runs and that this client may."
                        .formatted(what, bootstrap, cause),
                cause);
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(5));
    }
}
