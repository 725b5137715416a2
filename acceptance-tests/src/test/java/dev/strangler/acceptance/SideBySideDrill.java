package dev.strangler.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Everything in good health: a catalogue comes in, events reach the services, reads move and come back. */
class SideBySideDrill {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final RunningShop shop = RunningShop.shared();
    private final BothSides sides = new BothSides(shop);

    @Test
    void an_imported_catalogue_is_on_both_sides_and_importing_it_again_changes_nothing() {
        var catalogue = Path.of("..", "examples", "catalogue").toAbsolutePath().normalize();
        shop.cli("import", catalogue.toString()).succeeded();
        sides.areEqualInTheEnd();
        var assets = sides.assets("dam", "ACTIVE");
        var products = sides.products("pim");
        assertThat(assets).isNotEmpty();
        assertThat(products).isNotEmpty();
        shop.cli("import", catalogue.toString()).succeeded();
        sides.areEqualInTheEnd();
        assertThat(sides.assets("monolith", "ACTIVE")).isEqualTo(assets);
        assertThat(sides.products("monolith")).isEqualTo(products);
    }

    @Test
    void an_uploaded_image_appears_among_the_attachable_ones_at_pim() {
        var uploaded = upload(shop.client(), "attachable.png", 11).json();
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(attachableAtPim("attachable.png"))
                        .contains(uploaded.path("id").asString()));
    }

    @Test
    void an_image_in_the_trash_that_a_new_product_uses_is_taken_out_by_the_owner_of_assets() {
        var client = shop.client();
        var id = upload(client, "rescued.png", 12).json().path("id").asString();
        client.command("POST", "/api/assets/" + id + "/trash", UUID.randomUUID().toString(), null)
                .expecting(200);
        client.command("POST", "/api/products", UUID.randomUUID().toString(), Load.product("RESCUE-1", id))
                .expecting(201);
        for (var side : new String[] {"monolith", "dam"}) {
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(shop.directly(side)
                                    .read("/api/assets/" + id)
                                    .path("status")
                                    .asString())
                            .isEqualTo("ACTIVE"));
        }
    }

    @Test
    void a_client_sees_its_own_writes_whichever_side_answers() {
        moveReads("assets", 100);
        try {
            var answeredBy = new TreeMap<String, Integer>();
            var client = shop.client();
            for (var number = 0; number < 25; number++) {
                var uploaded = upload(client, "own-" + number + ".png", 2_000 + number);
                var id = uploaded.json().path("id").asString();
                answeredBy.merge(seesVersion(client, id, 1), 1, Integer::sum);
                client.command(
                                "PUT",
                                "/api/assets/" + id + "/tags",
                                UUID.randomUUID().toString(),
                                Map.of("tags", List.of("own")))
                        .expecting(200);
                answeredBy.merge(seesVersion(client, id, 2), 1, Integer::sum);
            }
            assertThat(answeredBy.values().stream().mapToInt(Integer::intValue).sum())
                    .isEqualTo(50);
        } finally {
            moveReads("assets", 0);
        }
    }

    @Test
    void reads_move_and_come_back_under_load_without_an_error() throws Exception {
        for (var number = 0; number < 5; number++) {
            upload(shop.client(), "moving-" + number + ".png", 3_000 + number);
        }
        sides.areEqualInTheEnd();
        var reading = new AtomicBoolean(true);
        var readers = Executors.newFixedThreadPool(8);
        try {
            var moved = new ArrayList<Future<Integer>>();
            for (var reader = 0; reader < 8; reader++) {
                moved.add(readers.submit(readingUntil(reading)));
            }
            for (var share : new int[] {25, 100, 0}) {
                moveReads("assets", share);
                staysWithItsSide(share);
            }
            reading.set(false);
            for (var reader : moved) {
                assertThat(reader.get(1, TimeUnit.MINUTES))
                        .as("reads of one client")
                        .isPositive();
            }
        } finally {
            reading.set(false);
            readers.shutdownNow();
        }
        var journal = new JsonMapper()
                .readTree(shop.cli("journal", "assets", "--json").succeeded().out());
        assertThat(journal.toString()).contains("drill").contains("25").contains("100");
    }

    @Test
    void the_command_line_tells_what_runs() {
        assertThat(shop.cli("status").succeeded().out())
                .contains("monolith", "dam", "pim", "facade", "postgres", "kafka", "connect");
        assertThat(shop.cli("features").succeeded().out()).contains("assets", "products");
        assertThat(shop.cli("reads", "nothing", "--service", "10").exitCode()).isEqualTo(2);
        assertThat(shop.cli("reads", "assets", "--service", "101").exitCode()).isEqualTo(2);
    }

    private Callable<Integer> readingUntil(AtomicBoolean reading) {
        return () -> {
            var client = shop.client();
            var count = 0;
            while (reading.get()) {
                client.get("/api/assets?query=moving&size=100").expecting(200);
                count++;
            }
            return count;
        };
    }

    /** At a fixed share every client is answered by one side, whatever it asks, and by about the share of them the service. */
    private void staysWithItsSide(int share) throws IOException, InterruptedException {
        var atService = 0;
        List<JsonNode> answers = new ArrayList<>();
        for (var number = 0; number < 40; number++) {
            var client = shop.client();
            var side = client.get("/api/assets?query=moving&size=100")
                    .expecting(200)
                    .servedBy();
            for (var again = 0; again < 3; again++) {
                var answer = client.get("/api/assets?query=moving&size=100").expecting(200);
                assertThat(answer.servedBy())
                        .as("side of a client at %d %%", share)
                        .isEqualTo(side);
                answers.add(answer.json());
            }
            atService += side.equals("dam") ? 1 : 0;
        }
        assertThat(Collections.frequency(answers, answers.get(0))).isEqualTo(answers.size());
        // 40 clients at 25 %: fewer than 1 or more than 24 happens less than once in ten thousand runs.
        var expected = share == 25 ? IntStream.rangeClosed(1, 24) : IntStream.of(share * 40 / 100);
        assertThat(expected.boxed()).contains(atService);
    }

    private String seesVersion(Client client, String id, long atLeast) {
        try {
            var answer = client.get("/api/assets/" + id).expecting(200);
            assertThat(answer.json().path("version").asLong()).isGreaterThanOrEqualTo(atLeast);
            return answer.servedBy();
        } catch (IOException | InterruptedException failure) {
            throw new AssertionError(failure);
        }
    }

    private void moveReads(String feature, int share) {
        shop.cli("reads", feature, "--service", String.valueOf(share), "--why", "drill")
                .succeeded();
    }

    private List<String> attachableAtPim(String query) {
        var ids = new ArrayList<String>();
        shop.directly("pim")
                .read("/api/products/attachable-images?query=" + query)
                .path("items")
                .forEach(item -> ids.add(item.path("id").asString()));
        return ids;
    }

    private static Client.Answer upload(Client client, String name, long seed) {
        return client.upload(UUID.randomUUID().toString(), name, Pictures.png(seed))
                .expecting(200, 201);
    }
}
