package dev.strangler.cutover.workflow;

import dev.strangler.cutover.Backfill;
import dev.strangler.outbox.relay.Lsn;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * Settles what a handover had to leave because the former owner's relay did not confirm in time, see {@link StepName#SETTLE}. Waits for nothing:
 * it is asked again and again, by every instance. While one of them has the owner say its events again the others leave it to that one.
 */
public final class SettlingLater {

    private final LastWords words;
    private final Journal journal;

    public SettlingLater(LastWords words, Journal journal) {
        this.words = words;
        this.journal = journal;
    }

    /**
     * Looks whether the relay is past the fence by now. If it is and was the same all the time, nothing was repeated. If it began anew meanwhile, the new
     * owner says its newest events once more. If that is no longer the owner it can't; then a backfill that came after has done it.
     *
     * @return what it came to; empty as long as it can't be settled
     * @throws dev.strangler.cutover.FenceHeld if the owner's writers had not ended again and again; nothing is settled then
     */
    public Optional<String> look(Operation operation, Participants with) {
        var notes = Notes.of(journal.of(operation.id()));
        var source = operation.source();
        var fence = notes.fencedBehind();
        if (fence.isEmpty() || !with.echoes().isPast(source, fence.get())) {
            return Optional.empty();
        }
        var before = notes.reader();
        if (before.isPresent() && before.equals(with.echoes().reader(source))) {
            return settled(operation, "The relay of the %s has confirmed, and has repeated nothing.");
        }
        if (Fences.isOpenAt(with.fence(operation.target()).state(), operation.to())) {
            var said = with.echoes()
                    .sayAgain(operation.target(), notes.openedFrom().orElse(new Lsn(0)));
            return said.isEmpty()
                    ? Optional.empty()
                    : settled(
                            operation,
                            String.format(
                                    Locale.ROOT,
                                    "The relay of the %s began anew before it had confirmed; %,d events were said again behind what it repeated.",
                                    "%s",
                                    said.getAsLong()));
        }
        var since = notes.releasedAt().orElse(operation.startedAt());
        return with.precedents()
                        .backfill()
                        .filter(newest -> isDoneSince(newest, since))
                        .isEmpty()
                ? Optional.empty()
                : settled(operation, "The relay of the %s began anew; a backfill has said everything since.");
    }

    private static boolean isDoneSince(Backfill backfill, Instant since) {
        return backfill.state() == Backfill.State.DONE && backfill.startedAt().isAfter(since);
    }

    private Optional<String> settled(Operation operation, String detail) {
        var said = detail.formatted(Fences.word(operation.source()));
        words.settled(operation.id(), said);
        return Optional.of(said);
    }
}
