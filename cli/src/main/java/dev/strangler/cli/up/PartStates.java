package dev.strangler.cli.up;

import dev.strangler.cli.http.WholeExchange;
import dev.strangler.sandbox.SandboxException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How each part is right now, asked within a time limit per part. */
final class PartStates {

    private static final Duration LIMIT = Duration.ofSeconds(2);

    private PartStates() {}

    static List<PartState> of(Topology topology) {
        return topology.members().parallelStream().map(PartStates::of).toList();
    }

    private static PartState of(Member member) {
        Long pid = pid(member);
        var state = pid == null ? PartState.ENDED : isReady(member) ? "ready" : "not ready";
        return new PartState(member.name(), state, pid, member.port(), member.url());
    }

    private static @Nullable Long pid(Member member) {
        try {
            return member.part().isRunning() ? member.part().pid() : null;
        } catch (SandboxException endedMeanwhile) {
            return null;
        }
    }

    private static boolean isReady(Member member) {
        var readiness = member.readiness();
        return readiness == null ? accepts(member.port()) : answers(readiness);
    }

    private static boolean accepts(int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) LIMIT.toMillis());
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean answers(URI readiness) {
        try {
            var client = HttpClient.newBuilder().connectTimeout(LIMIT).build();
            var request = HttpRequest.newBuilder(readiness).build();
            return WholeExchange.within(LIMIT, client, request, BodyHandlers.discarding())
                                    .statusCode()
                            / 100
                    == 2;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
