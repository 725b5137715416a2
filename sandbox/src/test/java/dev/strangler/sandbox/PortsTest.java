package dev.strangler.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PortsTest {

    @Test
    void an_offset_shifts_all_ports() {
        assertThat(Ports.offset(0)).isEqualTo(new Ports(15432, 19092, 19093, 19094, 18083));
        assertThat(Ports.offset(100)).isEqualTo(new Ports(15532, 19192, 19193, 19194, 18183));
    }
}
