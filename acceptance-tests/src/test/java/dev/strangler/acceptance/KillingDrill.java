package dev.strangler.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Each process is killed at a random moment of writing under load; afterwards the recorded history and both sides are checked whole. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KillingDrill {

    private static final Duration ALL_ANSWERED = Duration.ofMinutes(4);

    private final RunningShop shop = RunningShop.shared();
    private final BothSides sides = new BothSides(shop);
    private final long seed = Long.getLong("drill.seed", System.nanoTime() & 0xffff);

    @ParameterizedTest
    @ValueSource(strings = {"connect", "kafka", "postgres", "dam", "pim", "monolith"})
    void a_process_killed_under_load_costs_no_write_and_no_order(String victim) throws Exception {
        var random = new Random(seed + victim.hashCode());
        var load = new Load(shop, 3);
        try (load) {
            for (var writer = 0; writer < 3; writer++) {
                load.writer(seed * 31 + victim.hashCode() * 7L + writer, 12);
            }
            var moment = 3 + random.nextInt(15);
            await().atMost(ALL_ANSWERED).until(() -> load.acknowledgedAssets() >= moment);
            assertThat(load.isRunning())
                    .as("load still runs when %s dies (seed %d)", victim, seed)
                    .isTrue();
            shop.part(victim).kill();
            shop.part(victim).start();
            load.awaitAllAnswered(ALL_ANSWERED);
        }
        sides.areEqualInTheEnd();
        for (var reader : new String[][] {{"monolith", "monolith"}, {"dam", "pim"}}) {
            load.leftItsMarkOn(sides, reader[0], reader[1]);
        }
        TopicHistory.of(shop, "assets.v1").isWholeAndInOrder();
        TopicHistory.of(shop, "products.v1").isWholeAndInOrder();
    }

    @Test
    void a_monolith_killed_between_commit_and_answer_does_nothing_twice() throws Exception {
        var name = "killed-after-commit-" + seed + ".png";
        var key = UUID.randomUUID().toString();
        var picture = Pictures.png(seed * 1_000_003);
        var database = new JdbcTemplate(shop.postgres()
                .dataSource(
                        "monolith", shop.postgres().superuser(), shop.postgres().superuserPassword()));
        var uploading = Executors.newSingleThreadExecutor();
        try {
            // The first answer, if one got out at all, is ignored: to the client it was lost with the process.
            Callable<Client.Answer> firstAttempt = () -> shop.client().upload(key, name, picture);
            var lost = uploading.submit(firstAttempt);
            await().atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofMillis(2))
                    .until(() -> count(database, name) == 1);
            shop.part("monolith").kill();
            shop.part("monolith").start();
            lost.get(ALL_ANSWERED.toSeconds(), TimeUnit.SECONDS);
        } finally {
            uploading.shutdownNow();
        }
        var again = shop.client().upload(key, name, picture).expecting(200, 201);
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(count(database, name)).isEqualTo(1);
        sides.areEqualInTheEnd();
        assertThat(sides.assets("dam", "ACTIVE"))
                .containsKey(again.json().path("id").asString());
    }

    private static long count(JdbcTemplate database, String name) {
        var rows = database.queryForObject("select count(*) from asset where file_name = ?", Long.class, name);
        return rows == null ? 0 : rows;
    }
}
