package dev.strangler.cutover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RouteTest {

    private static final FeatureName ASSETS = new FeatureName("assets");

    @Test
    void every_feature_starts_at_the_monolith() {
        var route = Route.atMonolith(ASSETS);
        assertThat(route.writes()).isEqualTo(Side.MONOLITH);
        assertThat(clients(100)).allMatch(client -> route.readsFor(client) == Side.MONOLITH);
    }

    @Test
    void moving_reads_leaves_writes_and_their_epoch_alone() {
        var route = Route.atMonolith(ASSETS).readingAtService(Percentage.ALL);
        assertThat(route.writes()).isEqualTo(Side.MONOLITH);
        assertThat(route.epoch()).isEqualTo(Epoch.FIRST);
        assertThat(route.version()).isEqualTo(2);
        assertThat(clients(100)).allMatch(client -> route.readsFor(client) == Side.SERVICE);
    }

    @Test
    void a_growing_share_only_adds_clients() {
        var clients = clients(2_000);
        List<ClientId> before = List.of();
        for (var share = 0; share <= 100; share += 5) {
            var route = Route.atMonolith(ASSETS).readingAtService(new Percentage(share));
            var moved = clients.stream()
                    .filter(client -> route.readsFor(client) == Side.SERVICE)
                    .toList();
            assertThat(moved).containsAll(before);
            before = moved;
        }
        assertThat(before).hasSameSizeAs(clients);
    }

    @Test
    void a_share_of_25_moves_about_a_quarter_of_the_clients() {
        var route = Route.atMonolith(ASSETS).readingAtService(new Percentage(25));
        var moved = clients(10_000).stream()
                .filter(client -> route.readsFor(client) == Side.SERVICE)
                .count();
        assertThat(moved).isBetween(2_200L, 2_800L);
    }

    @Test
    void each_feature_draws_its_own_order_of_clients() {
        var products = new FeatureName("products");
        assertThat(clients(100)).anyMatch(client -> client.placeFor(ASSETS) != client.placeFor(products));
    }

    @Test
    void shares_that_make_no_sense_are_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Percentage(101))
                .withMessageContaining("0 to 100");
        assertThatIllegalArgumentException().isThrownBy(() -> new Reads.Canary(Percentage.ALL));
        assertThat(Reads.atService(Percentage.NONE)).isInstanceOf(Reads.FromMonolith.class);
        assertThat(Reads.atService(new Percentage(1)).serviceShare()).isEqualTo(new Percentage(1));
    }

    @Test
    void a_shadowed_feature_is_answered_by_the_monolith_alone() {
        var shadowed = Route.atMonolith(ASSETS).reading(Reads.shadowing(Percentage.ALL));
        assertThat(clients(100)).allMatch(client -> shadowed.readsFor(client) == Side.MONOLITH);
        assertThat(shadowed.reads().shadowShare()).isEqualTo(Percentage.ALL);
        assertThat(shadowed.reads().serviceShare()).isEqualTo(Percentage.NONE);
        assertThat(Reads.shadowing(Percentage.NONE)).isInstanceOf(Reads.FromMonolith.class);
        assertThatIllegalArgumentException().isThrownBy(() -> new Reads.Shadowed(Percentage.NONE));
    }

    /** The same clients in every run: name-based, not random. */
    private static List<ClientId> clients(int count) {
        return Stream.iterate(0, number -> number + 1)
                .limit(count)
                .map(number ->
                        new ClientId(UUID.nameUUIDFromBytes(new byte[] {(byte) (number >> 8), (byte) (int) number})
                                .toString()))
                .toList();
    }
}
