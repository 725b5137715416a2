package dev.strangler.sandbox.broker;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;

/** Asks through Kafka's admin client. */
public final class AdminQuestions implements BrokerQuestions {

    @Override
    public boolean answers(String bootstrapServers, Duration limit) {
        try (var admin = admin(bootstrapServers, limit)) {
            var nodes = admin.describeCluster().nodes().get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return !nodes.isEmpty();
        } catch (ExecutionException | TimeoutException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void createTopic(String bootstrapServers, String name, int partitions, Duration limit) {
        try (var admin = admin(bootstrapServers, limit)) {
            admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1)))
                    .all()
                    .get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new IllegalStateException(refusal(name, bootstrapServers) + e.getCause(), e);
            }
        } catch (TimeoutException e) {
            throw new IllegalStateException(
                    refusal(name, bootstrapServers) + "no answer within " + limit.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(refusal(name, bootstrapServers) + "interrupted", e);
        }
    }

    private static String refusal(String topic, String bootstrapServers) {
        return "Cannot create the topic %s at %s: ".formatted(topic, bootstrapServers);
    }

    private static Admin admin(String bootstrapServers, Duration limit) {
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        // Kafka finds its own classes through the thread's loader, which knows another version or none.
        thread.setContextClassLoader(AdminQuestions.class.getClassLoader());
        try {
            return Admin.create(Map.of(
                    AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                    bootstrapServers,
                    AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                    (int) limit.toMillis(),
                    AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                    (int) limit.toMillis()));
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
