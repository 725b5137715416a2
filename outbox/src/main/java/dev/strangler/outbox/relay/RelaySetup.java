package dev.strangler.outbox.relay;

import java.util.Collection;
import java.util.HashMap;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sets up the relay of one database: schema, rights and slot there, topics at the broker, the connector at Connect. Makes what is
 * missing and leaves alone what is there, so it may run at every start and in several processes at once. Drops nothing.
 */
public class RelaySetup {

    private static final Logger log = LoggerFactory.getLogger(RelaySetup.class);

    private final ConnectClient connect;
    private final RelayTopics topics;

    public RelaySetup(ConnectClient connect, RelayTopics topics) {
        this.connect = connect;
        this.topics = topics;
    }

    /**
     * All of it, in the order in which nothing can be missed: the slot comes before the connector. The relay role must exist, see
     * {@link RelayDatabase#role}.
     *
     * @param owner connects as the owner of the connector's database
     * @param names topics of the aggregates that this database publishes
     * @return whether anything of the connector was changed
     * @throws RelayRefused with what is in the way and the way out
     * @throws ConnectFailure when Connect does not answer or refuses the connector
     */
    public boolean ensure(
            RelayConnector connector, DataSource owner, Collection<String> names, TopicSettings settings) {
        new RelayDatabase(connector, owner).prepare();
        topics.ensure(names, settings);
        topics.ensureHeartbeat(connector);
        return register(connector);
    }

    /** Registers the connector unless Connect knows exactly this one; says whether it did. */
    public boolean register(RelayConnector connector) {
        var wanted = new HashMap<>(connector.configuration());
        wanted.put("name", connector.name());
        // An unchanged configuration put again would restart the task.
        if (connect.configuration(connector.name()).filter(wanted::equals).isPresent()) {
            return false;
        }
        connect.put(connector);
        log.info("Registered {}", connector);
        return true;
    }
}
