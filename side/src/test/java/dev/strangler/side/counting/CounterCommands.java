package dev.strangler.side.counting;

import dev.strangler.side.Writes;
import dev.strangler.side.idempotency.Command;
import dev.strangler.side.idempotency.Idempotency;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Counting, with and without an effect. */
@RestController
@RequestMapping("/counters/{name}")
@Writes("counters")
class CounterCommands {

    private final JdbcClient database;
    private final Idempotency idempotency;

    CounterCommands(JdbcClient database, Idempotency idempotency) {
        this.database = database;
        this.idempotency = idempotency;
    }

    /** Counts one more; creating the counter is counting to one. */
    @PostMapping
    ResponseEntity<byte[]> count(@PathVariable String name, Command command) {
        return idempotency.once(command, () -> ResponseEntity.ok(new Counter(name, increment(name))));
    }

    /** A command that finds nothing to change. */
    @PutMapping
    ResponseEntity<byte[]> leaveAlone(@PathVariable String name, Command command) {
        return idempotency.once(command, () -> ResponseEntity.ok(new Counter(name, value(name))));
    }

    /** Counts without asking anybody, as code does that was there before. */
    @PostMapping("/bare")
    Counter countBare(@PathVariable String name) {
        return new Counter(name, increment(name));
    }

    @GetMapping
    Counter read(@PathVariable String name) {
        return new Counter(name, value(name));
    }

    private int increment(String name) {
        return database.sql("insert into counter (name, value) values (?, 1)"
                        + " on conflict (name) do update set value = counter.value + 1 returning value")
                .param(name)
                .query(Integer.class)
                .single();
    }

    private int value(String name) {
        return database.sql("select value from counter where name = ?")
                .param(name)
                .query(Integer.class)
                .optional()
                .orElse(0);
    }

    record Counter(String name, int value) {}
}
