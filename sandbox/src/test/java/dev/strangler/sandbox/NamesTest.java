package dev.strangler.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class NamesTest {

    @Test
    void a_test_class_gives_its_database_a_name_that_needs_no_quotes() {
        assertThat(TestClassInfrastructure.identifier("OutboxRelayIT")).isEqualTo("outbox_relay_it");
        assertThat(TestClassInfrastructure.identifier("outbox_it_dam-assets")).isEqualTo("outbox_it_dam_assets");
    }

    @Test
    void long_names_stay_apart_within_the_limit_of_postgresql() {
        var one = TestClassInfrastructure.identifier("A".repeat(80) + "One");
        var two = TestClassInfrastructure.identifier("A".repeat(80) + "Two");
        assertThat(one).isNotEqualTo(two).hasSizeLessThan(60);
    }

    @Test
    void each_system_has_its_own_programs() {
        assertThat(PostgresBinaries.archive("Linux", "amd64")).isEqualTo("postgres-linux-x86_64.txz");
        assertThat(PostgresBinaries.archive("Linux", "aarch64")).isEqualTo("postgres-linux-arm_64.txz");
        assertThat(PostgresBinaries.archive("Mac OS X", "aarch64")).isEqualTo("postgres-darwin-arm_64.txz");
    }

    @Test
    void the_repository_is_where_a_known_jar_lies() {
        assertThat(LocalRepository.repositoryAbove(Path.of("/r/org/postgresql/postgresql/42/postgresql-42.jar")))
                .contains(Path.of("/r"));
        assertThat(LocalRepository.repositoryAbove(Path.of("/app/libs/postgresql-42.jar")))
                .isEmpty();
    }
}
