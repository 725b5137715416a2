package dev.strangler.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KafkaVariablesTest {

    @Test
    void a_setting_becomes_a_variable() {
        assertThat(KafkaVariables.of("KAFKA_", Map.of("log.dirs", "/data"))).containsEntry("KAFKA_LOG_DIRS", "/data");
    }

    @Test
    void every_setting_of_broker_and_worker_can_be_said() {
        var ports = new Ports(1, 2, 3, 4, 5);
        assertThat(KafkaVariables.of("KAFKA_", KafkaSettings.broker(ports, Path.of("/data"), Optional.empty())))
                .containsEntry("KAFKA_CONTROLLER_QUORUM_VOTERS", "1@127.0.0.1:3");
        assertThat(KafkaVariables.of("CONNECT_", KafkaSettings.connect(ports, Path.of("/plugins"), Optional.empty())))
                .containsEntry("CONNECT_SESSION_TIMEOUT_MS", "6000");
    }

    @Test
    void a_name_that_images_write_differently_is_refused() {
        assertThatThrownBy(() -> KafkaVariables.of("KAFKA_", Map.of("a-b", "")))
                .isInstanceOf(SandboxException.class)
                .hasMessageContaining("'a-b' can't be said to an image");
    }
}
