package dev.strangler.facade.moving;

import static org.awaitility.Awaitility.await;

import dev.strangler.cutover.Direction;
import dev.strangler.cutover.Epoch;
import dev.strangler.cutover.FeatureMap;
import dev.strangler.cutover.FeatureName;
import dev.strangler.cutover.OperationId;
import dev.strangler.cutover.Phases;
import dev.strangler.cutover.workflow.Journal;
import dev.strangler.cutover.workflow.Limits;
import dev.strangler.cutover.workflow.Operation;
import dev.strangler.cutover.workflow.Operation.Course;
import dev.strangler.cutover.workflow.Operations;
import dev.strangler.cutover.workflow.Operations.Standing;
import dev.strangler.facade.sides.SideDatabases;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** Operations that nobody leads any more, ended by an instance that comes up. */
class LeftBehindTest {

    private final List<Standing> unfinished = List.of(leftBehind("assets"), leftBehind("products"));
    private final Set<String> taken = ConcurrentHashMap.newKeySet();

    /** The first one's databases give no answer, so it can't be ended; that is no reason to leave the others as they are. */
    @Test
    void one_that_cannot_be_ended_keeps_no_other_from_its_end() throws IOException {
        var map = FeatureMap.load(
                Path.of("..", "strangler.yml"),
                Map.of(
                        "MONOLITH_DATABASE_URL", nobody(),
                        "DAM_DATABASE_URL", nobody(),
                        "PIM_DATABASE_URL", nobody()));
        try (var databases = new SideDatabases(map.deployables(), "test", 1, Duration.ofMillis(300));
                var moving = new MovingWrites(
                        map,
                        new Assembling(
                                map, databases, null, null, null, null, null, null, null, null, null, null, null),
                        operations(),
                        answering(Journal.class, Map.of("of", List.of())),
                        answering(Phases.class, Map.of()),
                        Limits.STANDARD,
                        "one",
                        Clock.systemUTC(),
                        new Onlooker() {})) {
            moving.start(true);
            await().atMost(Duration.ofSeconds(20)).until(() -> taken.containsAll(Set.of("op-assets", "op-products")));
        }
    }

    private static Standing leftBehind(String feature) {
        var operation = new Operation(
                new OperationId("op-" + feature),
                new FeatureName(feature),
                Direction.FORWARD,
                Epoch.FIRST,
                new Epoch(1),
                "ann",
                "",
                List.of(),
                Instant.EPOCH);
        return new Standing(operation, Course.RUNNING, "another", false, "", null);
    }

    private Operations operations() {
        return (Operations) Proxy.newProxyInstance(
                Operations.class.getClassLoader(), new Class<?>[] {Operations.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("lead")) {
                        taken.add(String.valueOf(arguments[0]));
                        return true;
                    }
                    if (!method.getName().equals("unfinished")) {
                        return null;
                    }
                    return arguments == null ? unfinished : of((FeatureName) arguments[0]);
                });
    }

    private Optional<Standing> of(FeatureName feature) {
        return unfinished.stream()
                .filter(standing -> standing.operation().feature().equals(feature))
                .findFirst();
    }

    private static <T> T answering(Class<T> type, Map<String, Object> answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answers.get(method.getName())));
    }

    private static String nobody() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return "jdbc:postgresql://127.0.0.1:%s/nobody".formatted(socket.getLocalPort());
        }
    }
}
