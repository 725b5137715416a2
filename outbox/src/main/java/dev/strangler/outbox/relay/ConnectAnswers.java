package dev.strangler.outbox.relay;

import dev.strangler.outbox.relay.ConnectorStatus.TaskStatus;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what Connect answers. */
final class ConnectAnswers {

    private ConnectAnswers() {}

    static ConnectorStatus status(String body) {
        var answer = Json.object(body);
        var connector = Json.asObject(answer.get("connector"));
        var tasks = Json.asList(answer.get("tasks")).stream()
                .map(Json::asObject)
                .map(task -> new TaskStatus(
                        Integer.parseInt(text(task.get("id"))),
                        text(task.get("state")),
                        Json.asText(task.get("trace"))))
                .toList();
        return new ConnectorStatus(
                text(answer.get("name")), text(connector.get("state")), Json.asText(connector.get("trace")), tasks);
    }

    /** Debezium stores the position as a number; a connector of one slot has one offset. */
    static Optional<RelayOffset> offset(String body) {
        return Json.asList(Json.object(body).get("offsets")).stream()
                .map(Json::asObject)
                .map(entry -> Json.asObject(entry.get("offset")).get("lsn"))
                .filter(Objects::nonNull)
                .map(lsn -> new RelayOffset(new Lsn(Long.parseUnsignedLong(lsn.toString()))))
                .findFirst();
    }

    private static String text(@Nullable Object value) {
        return String.valueOf(value);
    }
}
