package dev.strangler.outbox.relay;

import java.time.Duration;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way out when a slot was dropped, lost or made anew: makes it anew and appends again, under the same ids, everything that was
 * written since the last witnessed position. Readers drop what they had already, so doing it twice, or without need, costs only
 * time.
 */
public class RelayRecovery {

    private static final Logger log = LoggerFactory.getLogger(RelayRecovery.class);

    private final ConnectClient connect;
    private final RelayConnector connector;
    private final RelayDatabase database;

    /** @param owner connects as the owner of the connector's database */
    public RelayRecovery(ConnectClient connect, RelayConnector connector, DataSource owner) {
        this.connect = connect;
        this.connector = connector;
        this.database = new RelayDatabase(connector, owner);
    }

    /**
     * Stops the connector, lets it forget its offset, makes the slot anew where it is gone, appends again, starts the connector.
     * Safe to run again after it failed anywhere.
     *
     * @return how many events were appended again
     * @throws RelayRefused when the slot is lost but still there: dropping is left to a person, and the message says how
     * @throws ConnectFailure when Connect does not do its part
     */
    public long recover() {
        refuseLostSlot();
        stopConnector();
        if (database.slot().isEmpty()) {
            database.makeSlot();
        }
        var rows = database.appendAgain();
        connect.put(connector);
        connect.resume(connector.name());
        log.info("Appended {} events again for slot {}", rows, connector.slot());
        return rows;
    }

    private void refuseLostSlot() {
        database.slot().filter(SlotState::isLost).ifPresent(slot -> {
            throw new RelayRefused(
                    "Replication slot %s is lost and can only be dropped, which this call leaves to you. Run: select pg_drop_replication_slot('%s'); then call it again."
                            .formatted(slot.name(), slot.name()));
        });
    }

    /** Only a stopped connector may forget its offset. */
    private void stopConnector() {
        if (connect.status(connector.name()).isEmpty()) {
            return;
        }
        connect.stop(connector.name());
        connect.awaitState(connector.name(), "STOPPED", Duration.ofSeconds(30));
        connect.forgetOffset(connector.name());
    }
}
