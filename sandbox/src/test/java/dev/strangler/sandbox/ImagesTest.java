package dev.strangler.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImagesTest {

    @ParameterizedTest
    @ValueSource(strings = {PostgresContainer.IMAGE, KafkaContainer.IMAGE, ConnectContainer.IMAGE})
    void tests_run_on_the_images_of_the_compose_file(String image) throws IOException {
        assertThat(Files.readString(Path.of("..", "docker-compose.yml")).lines().map(String::strip))
                .contains("image: " + image);
    }
}
