package dev.strangler.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.transaction.TransactionSystemException;

class FailureTest {

    @ParameterizedTest
    @ValueSource(strings = {"08006", "57P01", "57P03", "53300", "53100", "40001", "40P01", "55P03", "25006", "58030"})
    void the_database_s_own_troubles_never_count_against_an_event(String state) {
        assertThat(Failure.of(new RuntimeException(new SQLException("no", state))))
                .isEqualTo(Failure.AWAY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"22P02", "23505", "23503", "42P01", "42703"})
    void what_the_database_refuses_counts_against_the_event(String state) {
        assertThat(Failure.of(new RuntimeException(new SQLException("no", state))))
                .isEqualTo(Failure.POISON);
    }

    @Test
    void a_lost_connection_is_recognised_however_it_is_said() {
        assertThat(Failure.of(new SQLException("Connection is closed"))).isEqualTo(Failure.AWAY);
        assertThat(Failure.of(
                        new CannotGetJdbcConnectionException("no", new SQLTransientConnectionException("timeout"))))
                .isEqualTo(Failure.AWAY);
        var rollback = new TransactionSystemException("JDBC rollback failed", new SQLException("gone"));
        rollback.initApplicationException(new IllegalStateException("whatever the handler made of it"));
        assertThat(Failure.of(rollback)).isEqualTo(Failure.AWAY);
    }

    @Test
    void a_commit_that_a_deferred_constraint_refuses_counts_against_the_event() {
        assertThat(Failure.of(new TransactionSystemException("commit", new SQLException("deferred", "23503"))))
                .isEqualTo(Failure.POISON);
        assertThat(Failure.of(new DataIntegrityViolationException("unique"))).isEqualTo(Failure.POISON);
    }

    @Test
    void a_retry_later_is_found_inside_other_exceptions_and_a_time_limit_is_one() {
        assertThat(Failure.of(new IllegalStateException(new RetryLater("blobs"))))
                .isEqualTo(Failure.LATER);
        assertThat(Failure.of(new SQLException("canceling statement due to statement timeout", "57014")))
                .isEqualTo(Failure.LATER);
    }

    @Test
    void anything_else_counts_against_the_event_even_if_its_causes_go_round_in_circles() {
        var one = new RuntimeException("one");
        var other = new RuntimeException("other", one);
        one.initCause(other);
        assertThat(Failure.of(one)).isEqualTo(Failure.POISON);
        assertThat(Failure.of(new StackOverflowError())).isEqualTo(Failure.POISON);
    }
}
