package dev.strangler.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ProcessIdentityTest {

    private final ProcessIdentity current = ProcessIdentity.current();

    @Test
    void a_living_process_is_found_by_its_identity() {
        assertThat(current.process()).contains(ProcessHandle.current());
        assertThat(ProcessIdentity.of(ProcessHandle.current())).isEqualTo(current);
    }

    @Test
    void an_id_that_was_given_again_is_another_process() {
        assertThat(new ProcessIdentity(current.pid(), "1").process()).isEmpty();
    }

    @Test
    void a_process_that_ended_is_not_found() throws IOException, InterruptedException {
        var ended = new ProcessBuilder("true").start();
        var identity = ProcessIdentity.of(ended.toHandle());
        ended.waitFor();
        assertThat(identity.process()).isEmpty();
    }

    /** A virtual machine that stood still has its clock set afterwards, by seconds or hours; its processes are the same. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void the_start_does_not_depend_on_the_clock() {
        assertThat(current.start()).matches("\\d+@[0-9a-f-]{36}");
        var ticks = Long.parseLong(current.start().substring(0, current.start().indexOf('@')));
        assertThat(ticks).isLessThan(uptimeTicks());
    }

    private static long uptimeTicks() {
        // 100 ticks a second, as on all machines that Linux shows to programs.
        try {
            var uptime = Files.readString(Path.of("/proc/uptime"));
            return (long) (Double.parseDouble(uptime.split(" ", -1)[0]) * 100) + 1;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
