package dev.strangler.outbox.relay;

import dev.strangler.outbox.relay.RelayFinding.Kind;
import dev.strangler.outbox.relay.RelayedTopics.AppendedVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Compares slot, publication and outbox with what arrived in Kafka, and notes in the ledger how far all is well.
 *
 * <p>A slot cannot tell whether it was made anew, so three things are looked at. The ledger knows whether there was one before. The
 * server counts the transactions decoded through a slot: a smaller number than noted means another slot, or a server that was
 * killed. Then, and at every start, the events written since the last note and passed by the slot are looked up in their topics.
 */
public class RelayCheck {

    /** A slot this young may have outrun the noted count since it was made anew, so the count proves nothing yet. */
    private static final long YOUNG = 1_000;

    private final PublishedOutbox outbox;
    private final ReplicationSlots slots;
    private final RelayLedger ledger;
    private final String slotName;
    private final @Nullable RelayedTopics topics;

    /** The last thorough look could not be finished, e.g. because Kafka did not answer; the next one makes up for it. */
    private volatile boolean isOwed;

    /**
     * @param owner connects as the owner of the publishing database
     * @param topics what has arrived; null when Kafka is out of reach from here, then slot and ledger alone decide
     */
    public RelayCheck(DataSource owner, String slotName, @Nullable RelayedTopics topics) {
        this.outbox = new PublishedOutbox(new JdbcTemplate(owner));
        this.slots = new ReplicationSlots(owner);
        this.ledger = new RelayLedger(owner);
        this.slotName = slotName;
        this.topics = topics;
    }

    /** The thorough look of a start: always looks up the newest events in their topics. */
    public List<RelayFinding> lookThoroughly() {
        return look(true);
    }

    /** The look of every few seconds: looks events up only where the slot may be another one than before. */
    public List<RelayFinding> look() {
        return look(isOwed);
    }

    private List<RelayFinding> look(boolean thoroughly) {
        var findings = new ArrayList<RelayFinding>();
        outbox.publicationError().ifPresent(error -> findings.add(new RelayFinding(Kind.PUBLICATION, error)));
        var slot = slots.find(slotName);
        var noted = ledger.find(slotName);
        if (slot.filter(found -> !found.isBeingMade()).isEmpty()) {
            findings.add(noted.isPresent() ? gone() : neverMade());
            return findings;
        }
        slotError(slot.get()).ifPresent(findings::add);
        if (findings.isEmpty()) {
            skipped(slot.get(), noted.orElse(null), thoroughly).ifPresent(findings::add);
        }
        isOwed = findings.stream().anyMatch(finding -> finding.kind() == Kind.UNVERIFIED);
        if (findings.isEmpty()) {
            ledger.witness(slot.get());
        }
        return findings;
    }

    private RelayFinding gone() {
        return new RelayFinding(Kind.SLOT_GONE, SlotAdvice.gone(slotName));
    }

    private RelayFinding neverMade() {
        return new RelayFinding(
                Kind.NOT_SET_UP,
                "Replication slot %s was not made yet, so nothing is published. Events are kept, and appended again once RelaySetup has made it."
                        .formatted(slotName));
    }

    private Optional<RelayFinding> slotError(SlotState slot) {
        if (slot.isLost()) {
            var reason = slot.invalidation() == null ? slot.walStatus() : slot.invalidation();
            return Optional.of(new RelayFinding(Kind.SLOT_LOST, SlotAdvice.lost(slotName, reason)));
        }
        var database = outbox.database();
        if (!slot.plugin().equals("pgoutput") || !slot.database().equals(database)) {
            return Optional.of(new RelayFinding(
                    Kind.SLOT_FOREIGN,
                    "Replication slot %s decodes database %s with %s, needed is %s with pgoutput. Give this database a slot name of its own, strangler.outbox.relay.slot."
                            .formatted(slotName, slot.database(), slot.plugin(), database)));
        }
        return Optional.empty();
    }

    private Optional<RelayFinding> skipped(SlotState slot, RelayLedger.@Nullable Entry noted, boolean thoroughly) {
        var maybeAnother = noted == null || slot.decoded() < noted.decoded() || noted.decoded() < YOUNG;
        if (!maybeAnother && !thoroughly) {
            return Optional.empty();
        }
        if (topics == null) {
            return noted != null && slot.decoded() < noted.decoded() && !outbox.serverStartedSince(noted.witnessedAt())
                    ? Optional.of(unverified("Kafka is not configured here (strangler.outbox.relay.bootstrap-servers)"))
                    : Optional.empty();
        }
        var from = noted == null ? new Lsn(0) : noted.restart();
        return lookUp(topics, from, slot)
                // Without a note the slot may simply be younger than the rows, and its maker about to append them
                // again.
                .map(finding -> noted == null ? unverified(finding.message()) : finding);
    }

    /**
     * Up to the slot's restart position only: a row before it belongs to a transaction that the slot has passed for certain, while one
     * between that and the confirmed position may belong to one still open.
     */
    private Optional<RelayFinding> lookUp(RelayedTopics arrived, Lsn from, SlotState slot) {
        if (slot.restart() == null || !slot.restart().isAfter(from)) {
            return Optional.empty();
        }
        var passed = outbox.newestBetween(from, slot.restart());
        if (passed.isEmpty()) {
            return Optional.empty();
        }
        try {
            var missing = List.copyOf(arrived.missing(passed.versions(), passed.oldest()));
            return missing.isEmpty() ? complete(passed) : Optional.of(missing(missing));
        } catch (RelayRefused refused) {
            return Optional.of(unverified(String.valueOf(refused.getMessage())));
        }
    }

    private Optional<RelayFinding> complete(PublishedOutbox.Passed passed) {
        return passed.isCut()
                ? Optional.of(unverified(String.format(
                        Locale.ROOT,
                        "more than %,d aggregates were written since the last look, only the newest were compared",
                        PublishedOutbox.MOST)))
                : Optional.empty();
    }

    private RelayFinding missing(List<AppendedVersion> missing) {
        var example = missing.get(0);
        return new RelayFinding(
                Kind.EVENTS_SKIPPED,
                SlotAdvice.skipped(
                        slotName, String.format(Locale.ROOT, "%,d are missing, one is %s", missing.size(), example)));
    }

    private RelayFinding unverified(String reason) {
        return new RelayFinding(
                Kind.UNVERIFIED,
                "Slot %s may be another one than before, and it cannot be made sure that it skipped nothing: %s. If in doubt run RelayRecovery, it costs only time."
                        .formatted(slotName, reason));
    }
}
