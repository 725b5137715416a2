package dev.strangler.side;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A connection that breaks after its transaction has begun and before that is named: a thread must come out of it free for the next transaction. */
class NamingOnBrokenConnectionsTest {

    private final List<String> told = new ArrayList<>();

    private static Stream<Exception> breaks() {
        return Stream.of(new SQLException("terminating connection", "57P01"), new IllegalStateException("closed"));
    }

    @AfterEach
    void leaveNothingToOtherTests() {
        TransactionSynchronizationManager.clear();
    }

    @ParameterizedTest
    @MethodSource("breaks")
    void the_work_itself_meets_the_break_and_is_rolled_back(Exception broken) {
        var database = breaking(broken);
        var work = new ArrayList<String>();

        assertThatThrownBy(() -> named(database).executeWithoutResult(transaction -> {
                    work.add("begun");
                    new JdbcTemplate(database).execute("select 1");
                }))
                .extracting(NestedExceptionUtils::getMostSpecificCause)
                .isSameAs(broken);

        assertThat(work).containsExactly("begun");
        assertThat(told).containsSubsequence("prepareStatement", "createStatement", "rollback", "close");
    }

    @ParameterizedTest
    @MethodSource("breaks")
    void no_transaction_stays_bound_to_the_thread(Exception broken) {
        var database = breaking(broken);

        named(database).executeWithoutResult(transaction -> transaction.setRollbackOnly());

        assertThat(TransactionSynchronizationManager.isActualTransactionActive())
                .isFalse();
        assertThat(TransactionSynchronizationManager.isSynchronizationActive()).isFalse();
        assertThat(TransactionSynchronizationManager.getResourceMap()).isEmpty();
    }

    private static TransactionTemplate named(DataSource database) {
        var transactions = new DataSourceTransactionManager(database);
        transactions.addListener(new NamingAuthors(database, Map.of("side", "dev.strangler.side")));
        return new TransactionTemplate(transactions);
    }

    /** Begins and ends transactions, and fails at every statement. */
    private DataSource breaking(Exception broken) {
        var connection = (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> answer(method, broken));
        return new AbstractDataSource() {
            @Override
            public Connection getConnection() {
                return connection;
            }

            @Override
            public Connection getConnection(String user, String password) {
                return connection;
            }
        };
    }

    private @Nullable Object answer(Method method, Exception broken) throws Exception {
        told.add(method.getName());
        if (method.getName().endsWith("Statement")) {
            throw broken;
        }
        return switch (method.getName()) {
            case "getAutoCommit" -> true;
            case "isReadOnly", "isClosed" -> false;
            case "getTransactionIsolation" -> Connection.TRANSACTION_READ_COMMITTED;
            default -> null;
        };
    }
}
