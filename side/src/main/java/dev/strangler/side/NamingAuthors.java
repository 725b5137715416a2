package dev.strangler.side;

import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;

/**
 * Lets each transaction say for which feature it works, in the setting {@value #SETTING} of its own: so whoever reads the write-ahead log beside it can tell
 * a feature's writes from another's though both log in under one name. It is the feature whose code began the transaction; {@value #INBOX} where
 * the inbox did, {@value #KIT} where another part of the kit did, and nothing where nobody of these is to be seen.
 */
final class NamingAuthors implements TransactionExecutionListener {

    static final String SETTING = "strangler.author";
    static final String INBOX = "inbox";
    static final String KIT = "kit";

    private static final Logger log = LoggerFactory.getLogger(NamingAuthors.class);
    private static final StackWalker FRAMES = StackWalker.getInstance();

    private final JdbcTemplate database;
    private final Map<String, String> packages;

    /** @param packages the base package of each feature */
    NamingAuthors(DataSource database, Map<String, String> packages) {
        this.database = new JdbcTemplate(database);
        this.packages = Map.copyOf(packages);
    }

    @Override
    public void afterBegin(TransactionExecution transaction, @Nullable Throwable failure) {
        if (failure == null && !transaction.isReadOnly()) {
            var author = FRAMES.walk(frames -> frames.map(frame -> authorOf(frame.getClassName()))
                    .filter(Objects::nonNull)
                    .findFirst());
            author.ifPresent(this::name);
        }
    }

    /** Never throws: a transaction whose listener does stays bound to its thread, and fails whoever works there next. */
    private void name(String author) {
        try {
            database.queryForObject("select set_config('" + SETTING + "', ?, true)", String.class, author);
        } catch (RuntimeException away) {
            // Of whatever kind: what the transaction does next meets the same, and is rolled back as ever.
            log.debug("A transaction of {} could not be named", author, away);
        }
    }

    /** The nearest base package wins; this very class says nothing. */
    @Nullable
    String authorOf(String type) {
        var feature = packages.entrySet().stream()
                .filter(entry -> type.startsWith(entry.getValue() + "."))
                .max(Comparator.comparingInt(entry -> entry.getValue().length()))
                .map(Map.Entry::getKey);
        if (feature.isPresent()) {
            return feature.get();
        }
        if (type.startsWith("dev.strangler.inbox.")) {
            return INBOX;
        }
        boolean isOfKit = type.startsWith("dev.strangler.outbox.") || type.startsWith("dev.strangler.cutover.");
        return isOfKit ? KIT : null;
    }
}
