package dev.strangler.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;

/** A replication slot is gone while Connect is down: nothing is skipped in silence, and one command brings everything after. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LostSlotDrill {

    private static final Duration SOON = Duration.ofSeconds(90);
    private static final String CONNECTOR = "monolith-outbox";
    private static final String SLOT = "strangler_monolith";
    private static final int USAGE = 2;

    private final RunningShop shop = RunningShop.shared();
    private final BothSides sides = new BothSides(shop);
    private final MovingFeature assets = new MovingFeature(shop, "assets");
    private final JdbcTemplate server = new JdbcTemplate(shop.postgres().administrator());

    @AfterAll
    void theMonolithAnswersAlone() {
        assets.isHome();
    }

    @Test
    void what_was_written_while_the_slot_was_gone_is_said_again_by_one_command() {
        upload("before");
        sides.areEqualInTheEnd();

        var unrelayed = new ArrayList<String>();
        withoutTheSlot(() -> {
            for (var number = 0; number < 5; number++) {
                unrelayed.add(upload("unrelayed-" + number));
            }
        });
        assertThat(sides.assets("dam", "ACTIVE")).doesNotContainKeys(unrelayed.toArray(String[]::new));

        assertThat(shop.cli("relay", "recover", CONNECTOR, "--confirm", "dam-outbox")
                        .exitCode())
                .isEqualTo(USAGE);
        recover();
        sides.areEqualInTheEnd();
        assertThat(sides.assets("dam", "ACTIVE")).containsKeys(unrelayed.toArray(String[]::new));
        TopicHistory.of(shop, "assets.v1").isWholeAndInOrder();
    }

    /** Of what the service owns by now the monolith says old events again; the owner's newest come behind them. */
    @Test
    void the_owner_of_a_feature_has_the_last_word_once_the_former_owners_relay_was_recovered() {
        assets.isReady();
        assets.cutover().succeeded();
        var byTheOwner = upload("by-the-owner");

        withoutTheSlot(() -> {});
        recover();

        assets.awaitFree();
        assets.back();
        sides.areEqualInTheEnd();
        assertThat(sides.assets("monolith", "ACTIVE")).containsKey(byTheOwner);
        assertThat(shop.cli("verify", "assets").succeeded().out()).contains("proven equal");
    }

    /** Connect dies, the slot is dropped, something happens, and Connect comes back; in the end somebody is asked for. */
    private void withoutTheSlot(Runnable meanwhile) {
        shop.part("connect").kill();
        try {
            await().atMost(SOON).until(() -> slots("and not active") == 1);
            server.execute("select pg_drop_replication_slot('" + SLOT + "')");
            meanwhile.run();
        } finally {
            shop.part("connect").start();
        }
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(relay().path("condition").asString())
                        .as(relay().toString())
                        .isEqualTo("BLOCKED"));
        assertThat(shop.cli("relay").succeeded().out()).contains(CONNECTOR, "BLOCKED");
    }

    private void recover() {
        var recovered =
                shop.cli("relay", "recover", CONNECTOR, "--confirm", CONNECTOR).succeeded();
        assertThat(recovered.out()).containsPattern("[1-9][0-9,]* events were appended again");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(relay().path("condition").asString())
                        .as(relay().toString())
                        .isEqualTo("RUNNING"));
        assertThat(slots("and active")).isEqualTo(1);
    }

    private JsonNode relay() {
        var relays = shop.control().get("/control/relays").path("value");
        for (var relay : relays) {
            if (relay.path("connector").asString().equals(CONNECTOR)) {
                return relay;
            }
        }
        throw new AssertionError("%s is not among %s".formatted(CONNECTOR, relays));
    }

    private int slots(String more) {
        return server.queryForList(
                        "select 1 from pg_replication_slots where slot_name = ? " + more, Integer.class, SLOT)
                .size();
    }

    private String upload(String name) {
        return shop.client()
                .upload(UUID.randomUUID().toString(), name + ".png", Pictures.png(System.nanoTime()))
                .expecting(201)
                .json()
                .path("id")
                .asString();
    }
}
