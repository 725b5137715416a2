package dev.strangler.facade.moving;

import dev.strangler.cutover.OperationId;
import dev.strangler.cutover.workflow.Journal;
import dev.strangler.cutover.workflow.JournalEntry;
import dev.strangler.cutover.workflow.Operation;
import java.util.List;
import java.util.Optional;

/** A journal of whose entries somebody hears before they are written. */
record WatchedJournal(Operation operation, Journal journal, Onlooker onlooker) implements Journal {

    @Override
    public Optional<String> write(OperationId id, List<JournalEntry> entries) {
        entries.forEach(entry -> onlooker.writing(operation, entry));
        return journal.write(id, entries);
    }

    @Override
    public List<JournalEntry> of(OperationId id) {
        return journal.of(id);
    }
}
