package dev.strangler.facade.proxy;

import dev.strangler.cutover.Route;
import dev.strangler.facade.Maps;
import dev.strangler.facade.shadow.Shadowing;
import dev.strangler.facade.written.AppliedWrites;
import java.time.Clock;
import java.time.Duration;

/** The public port in a JVM of its own, to give it little memory. Prints its port, and ends with its standard input. */
final class DoorInChildJvm {

    private DoorInChildJvm() {}

    public static void main(String[] arguments) throws Exception {
        try (var port = new PublicPort(
                Maps.map(Maps.environment(arguments[0], arguments[0], arguments[0])),
                Route::atMonolith,
                (side, written, answer) -> answer.accept(AppliedWrites.Answer.UNKNOWN),
                new HeldWrites(16),
                () -> false,
                Shadowing.NONE,
                new PublicPort.Settings(
                        "127.0.0.1",
                        0,
                        2,
                        256,
                        Duration.ofHours(1),
                        100,
                        false,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2)),
                new Limits(
                        16,
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(2),
                        Duration.ofSeconds(5),
                        1L << 30),
                Clock.systemUTC())) {
            port.open();
            System.out.println("port " + port.address().getPort());
            while (System.in.read() >= 0) {
                // until the parent ends it
            }
        }
    }
}
