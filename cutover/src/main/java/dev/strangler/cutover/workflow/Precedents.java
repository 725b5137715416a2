package dev.strangler.cutover.workflow;

import dev.strangler.cutover.Backfill;
import dev.strangler.cutover.Rehearsal;
import dev.strangler.cutover.Shadows;
import dev.strangler.cutover.Side;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What has become of the feature so far; asked before a handover, never during one. */
public interface Precedents {

    /**
     * How far back one looks.
     *
     * @param quiet how long the side that is to take over must not have refused a write
     * @param rehearsal how old a rehearsal may be
     * @param isRehearsalRequired whether a missing rehearsal refuses the handover; else it is only pointed out
     */
    record Policy(Duration quiet, Duration rehearsal, boolean isRehearsalRequired) {

        /** An hour, 30 days, and rehearsals as good advice. */
        public static final Policy STANDARD = new Policy(Duration.ofHours(1), Duration.ofDays(30), false);
    }

    /** The newest backfill. */
    Optional<Backfill> backfill();

    /** What comparing reads has come to since the newest shadowing began. */
    Shadows.Report shadowed();

    /** When the feature's newest operation ended, control database's clock; empty when there was none. */
    Optional<Instant> lastHandover();

    /** Handovers of it whose former owner's relay has not confirmed yet that it is past the fence. */
    List<Operation> withoutLastWord();

    /** The newest rehearsal. */
    Optional<Rehearsal> rehearsal();

    /** Schema scripts of that side's database that have failed or wait to be run, as far as the database can tell. */
    List<String> unsettledScripts(Side side);

    /** Foreign keys in the monolith's database that tie the feature to another, each in words. */
    List<String> crossingKeys();
}
