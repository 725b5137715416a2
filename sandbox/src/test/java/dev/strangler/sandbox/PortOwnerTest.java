package dev.strangler.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PortOwnerTest {

    private static final List<String> TABLE = List.of(
            "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode",
            "   0: 0100007F:3C48 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 11 1 0",
            "   1: 0100007F:3C48 0100007F:9C40 01 00000000:00000000 00:00000000 00000000  1000        0 22 1 0",
            "   2: 00000000:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 33 1 0");

    @Test
    void a_listening_socket_is_found_by_its_port() {
        assertThat(PortOwner.inodesListeningOn(15432, TABLE)).containsExactly("11");
        assertThat(PortOwner.inodesListeningOn(8080, TABLE)).containsExactly("33");
    }

    @Test
    void a_connection_is_no_owner_of_its_port() {
        assertThat(PortOwner.inodesListeningOn(40000, TABLE)).isEmpty();
    }

    @Test
    void a_torn_line_is_passed_over() {
        assertThat(PortOwner.inodesListeningOn(15432, List.of("   0: 0100007F:3C48 00000000:0000 0A")))
                .isEmpty();
    }
}
