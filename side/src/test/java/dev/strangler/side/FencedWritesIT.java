package dev.strangler.side;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.strangler.cutover.Side;
import dev.strangler.sandbox.Infrastructure;
import dev.strangler.sandbox.WithInfrastructure;
import dev.strangler.side.counting.Counting;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.health.contributor.Status;

/** What clients and code meet at a fence that is closed, however they come to it. */
@WithInfrastructure
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FencedWritesIT {

    /** Asks the fence each time; so what is refused is refused before the handler. */
    private Counting careful;

    /** Believes an open fence for an hour; so what is refused is refused by the database. */
    private Counting believing;

    private String name = "";
    private long epoch;

    @BeforeAll
    void start(Infrastructure infrastructure) {
        var database = infrastructure.database();
        careful = Counting.start(Side.MONOLITH, database, "strangler.side.open-for=0");
        believing = Counting.start(Side.MONOLITH, database, "strangler.side.open-for=1h");
    }

    @BeforeEach
    void nameACounter() {
        name = UUID.randomUUID().toString();
    }

    @AfterAll
    void stop() {
        careful.close();
        believing.close();
    }

    @Test
    void health_says_which_scripts_of_the_release_wait_to_be_run() {
        assertThat(careful.bean(SchemaHealth.class).health().getStatus()).isEqualTo(Status.UP);
        var another = Flyway.configure()
                .dataSource(careful.bean(DataSource.class))
                .locations("classpath:dev/strangler/cutover/schema")
                .table("another_history")
                .load();
        var health = new SchemaHealth(List.of(another)).health();
        assertThat(health.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
        assertThat(String.valueOf(health.getDetails().get("waiting"))).contains("V1__routes.sql");
    }

    @Test
    void while_ownership_moves_a_command_is_answered_503_and_reads_go_on() {
        count(careful).is(200);
        closed(() -> {
            count(careful).isFenced(503, "nobody", epoch);
            assertThat(careful.value(name)).isEqualTo(1);
        });
        count(careful).is(200);
    }

    @Test
    void a_command_for_the_other_side_is_answered_421_with_owner_and_epoch() {
        closed(() -> {
            careful.settle(Side.SERVICE, epoch + 1);
            count(careful).isFenced(421, "service", epoch + 1);
            assertThat(careful.value(name)).isZero();
        });
    }

    @Test
    void what_slips_past_the_check_is_refused_by_the_database_with_the_same_answer() {
        count(believing).is(200);
        closed(() -> {
            count(believing).isFenced(503, "nobody", epoch);
            // Neither transaction nor key: nothing of ours stands between the statement and the fence.
            believing.send("POST", "/counters/" + name + "/bare").isFenced(503, "nobody", epoch);
            believing.send("POST", "/counters/" + name, "Idempotency-Key", name).isFenced(503, "nobody", epoch);
            believing.settle(Side.SERVICE, epoch + 1);
            count(believing).isFenced(421, "service", epoch + 1);
        });
        assertThat(believing.value(name)).isEqualTo(1);
        // Its key is free: nothing was remembered of what was refused.
        assertThat(believing
                        .send("POST", "/counters/" + name, "Idempotency-Key", name)
                        .is(200)
                        .header("Idempotency-Replayed"))
                .isEmpty();
    }

    @Test
    void no_answer_is_stored_behind_the_fence_even_of_a_command_that_changes_nothing() {
        count(believing).is(200);
        closed(() -> {
            believing.send("PUT", "/counters/" + name, "Idempotency-Key", name).isFenced(503, "nobody", epoch);
            assertThat(believing
                            .database()
                            .sql("select count(*) from strangler.idempotency_key where key = ?")
                            .param(name)
                            .query(Long.class)
                            .single())
                    .isZero();
        });
    }

    @Test
    void a_closed_fence_is_never_believed_so_the_first_command_after_opening_is_let_in() {
        closed(() -> count(careful).isFenced(503, "nobody", epoch));

        count(careful).is(200);
    }

    @Test
    void a_feature_without_a_fence_takes_no_commands() {
        assertThatThrownBy(() -> careful.bean(Fences.class).check("unheard-of"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("unheard-of")
                .hasMessageContaining("fence_feature");
    }

    private Counting.Answer count(Counting side) {
        return side.send("POST", "/counters/" + name);
    }

    /** With the fence closed, and open again afterwards at a later epoch. */
    private void closed(Runnable work) {
        epoch = careful.bean(Fences.class).standing("counters").epoch();
        var operation = UUID.randomUUID().toString();
        careful.close(epoch, operation);
        try {
            work.run();
        } finally {
            careful.open(epoch + 2, operation + "-back");
        }
    }
}
