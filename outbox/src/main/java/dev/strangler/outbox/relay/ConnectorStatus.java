package dev.strangler.outbox.relay;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What Connect says of a connector. The connector says RUNNING while its task has failed, so ask {@link #isRunning()}.
 *
 * @param state of the connector, e.g. {@code RUNNING}, {@code PAUSED}, {@code STOPPED}, {@code FAILED}, {@code UNASSIGNED}
 * @param trace the stack trace where the connector itself has failed
 */
public record ConnectorStatus(
        String name, String state, @Nullable String trace, List<TaskStatus> tasks) {

    public ConnectorStatus {
        tasks = List.copyOf(tasks);
    }

    /** One task of a connector; {@code trace} is the stack trace where it has failed. */
    public record TaskStatus(int id, String state, @Nullable String trace) {

        /** Whether Connect has given it up: it stays so until somebody restarts it. */
        public boolean isFailed() {
            return "FAILED".equals(state);
        }
    }

    /** Whether the connector and at least one task run and none has failed. */
    public boolean isRunning() {
        return "RUNNING".equals(state)
                && !tasks.isEmpty()
                && tasks.stream().allMatch(task -> "RUNNING".equals(task.state()));
    }

    /** Whether the connector or a task of it has been given up. */
    public boolean isFailed() {
        return "FAILED".equals(state) || tasks.stream().anyMatch(TaskStatus::isFailed);
    }

    /** Why it failed: the first trace there is, or an empty text. */
    public String failure() {
        return tasks.stream()
                .filter(TaskStatus::isFailed)
                .map(TaskStatus::trace)
                .filter(text -> text != null && !text.isBlank())
                .findFirst()
                .or(() -> java.util.Optional.ofNullable(trace))
                .orElse("");
    }
}
