package dev.strangler.facade.written;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strangler.cutover.ClientId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class WritesTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final List<String> OTHERS = List.of("dam", "pim");

    @Test
    void a_write_is_pending_at_every_other_side_until_that_side_has_it() {
        var writes = Writes.NONE.with(header("Asset:a:1"), OTHERS, NOW);
        assertThat(writes.pendingAt("dam")).containsExactly(new Written("Asset", "a", 1));
        assertThat(writes.pendingAt("monolith")).isEmpty();
        var afterDam = writes.without("dam", writes.pendingAt("dam"));
        assertThat(afterDam.pendingAt("dam")).isEmpty();
        assertThat(afterDam.pendingAt("pim")).hasSize(1);
        assertThat(afterDam.without("pim", afterDam.pendingAt("pim")).isEmpty()).isTrue();
    }

    @Test
    void a_newer_version_takes_the_place_of_the_older_one() {
        var writes = Writes.NONE
                .with(header("Asset:a:1"), OTHERS, NOW)
                .with(header("Asset:a:2,Product:p:1"), OTHERS, NOW)
                .with(header("Asset:a:1"), OTHERS, NOW);
        assertThat(writes.pendingAt("dam"))
                .containsExactlyInAnyOrder(new Written("Asset", "a", 2), new Written("Product", "p", 1));
    }

    @Test
    void beyond_the_bound_the_side_counts_as_behind_in_everything_for_a_while() {
        var writes = Writes.NONE;
        for (var number = 0; number < Writes.MOST_PER_SIDE; number++) {
            writes = writes.with(header("Asset:a" + number + ":1"), OTHERS, NOW);
        }
        assertThat(writes.isAllPendingAt("dam", NOW)).isFalse();
        var more = writes.with(header("Asset:last:1"), OTHERS, NOW);
        assertThat(more.isAllPendingAt("dam", NOW)).isTrue();
        assertThat(more.pendingAt("dam")).hasSize(Writes.MOST_PER_SIDE).contains(new Written("Asset", "last", 1));
        assertThat(more.isAllPendingAt("dam", NOW.plusSeconds(Writes.ALL_SECONDS)))
                .isFalse();
    }

    @Test
    void what_cannot_be_kept_holds_back_everything() {
        var writes = Writes.NONE.with(header("Asset:a b:1"), OTHERS, NOW);
        assertThat(writes.isAllPendingAt("pim", NOW)).isTrue();
    }

    @Test
    void a_cookie_says_the_same_to_any_instance() {
        var writes = Writes.NONE
                .with(header("Asset:3b0c-1:12"), OTHERS, NOW)
                .with(header("Product:p:1"), List.of("monolith"), NOW)
                .with(header("not readable"), List.of("dam"), NOW);
        var cookie = WritesCookie.write(writes);
        assertThat(cookie).matches("[!#$%&'()*+./:<=>?@A-Z\\[\\]^_`a-z{|}~0-9-]+");
        assertThat(WritesCookie.read(cookie, NOW)).isEqualTo(writes);
    }

    @Test
    void the_longest_cookie_fits_into_what_browsers_keep() {
        var writes = Writes.NONE;
        for (var number = 0; number < 100; number++) {
            var text = "Product:%s:%d".formatted(java.util.UUID.randomUUID(), number + 1_000);
            writes = writes.with(header(text), number % 2 == 0 ? OTHERS : List.of("monolith"), NOW);
        }
        var cookie = WritesCookie.write(writes);
        assertThat(cookie.length()).isLessThan(4_000);
        assertThat(WritesCookie.read(cookie, NOW)).isEqualTo(writes);
    }

    @Test
    void a_forged_cookie_only_holds_back_its_own_client_and_not_for_long() {
        for (var forged :
                List.of("x", "|||", "Asset:a:1", "Asset:a:99999999999999999999:dam", "*:DAM:1", "a".repeat(5_000))) {
            assertThat(WritesCookie.read(forged, NOW).isEmpty()).as(forged).isTrue();
        }
        var forever = WritesCookie.read("*:dam:999999999999", NOW);
        assertThat(forever.isAllPendingAt("dam", NOW.plusSeconds(Writes.ALL_SECONDS + 1)))
                .isFalse();
    }

    @Test
    void memory_and_cookie_are_one() {
        var remembered = Writes.NONE.with(header("Asset:a:2"), OTHERS, NOW);
        var cookie = Writes.NONE.with(header("Asset:a:1,Asset:b:1"), List.of("pim"), NOW);
        var both = remembered.and(cookie, NOW);
        assertThat(both.pendingAt("dam")).containsExactly(new Written("Asset", "a", 2));
        assertThat(both.pendingAt("pim"))
                .containsExactlyInAnyOrder(new Written("Asset", "a", 2), new Written("Asset", "b", 1));
    }

    @Test
    void memory_is_bounded_in_clients_and_in_time() {
        var time = new AtomicReference<>(NOW);
        var memory = new WritesMemory(2, Duration.ofMinutes(1), new Clock() {
            @Override
            public java.time.ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return time.get();
            }
        });
        for (var name : List.of("one", "two", "three")) {
            memory.change(new ClientId(name), writes -> writes.with(header("Asset:a:1"), OTHERS, NOW));
        }
        assertThat(memory.size()).isEqualTo(2);
        assertThat(memory.of(new ClientId("one")).isEmpty()).isTrue();
        assertThat(memory.of(new ClientId("three")).isEmpty()).isFalse();
        time.set(NOW.plusSeconds(61));
        assertThat(memory.of(new ClientId("three")).isEmpty()).isTrue();
    }

    private static Written.Header header(String text) {
        return Written.header(List.of(text));
    }
}
