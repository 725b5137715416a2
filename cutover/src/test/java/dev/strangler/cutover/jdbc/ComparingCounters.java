package dev.strangler.cutover.jdbc;

import dev.strangler.cutover.Side;
import dev.strangler.cutover.workflow.Comparing;
import dev.strangler.outbox.relay.Lsn;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Compares single counters by plain SQL. */
record ComparingCounters(MovedFeature moved, Side owner) implements Comparing {
    @Override
    public Optional<Base> base() {
        return Optional.of(new Base(new Lsn(1), Clock.systemUTC().instant(), "shape", null));
    }

    @Override
    public Lsn position() {
        return end(owner);
    }

    @Override
    public Lsn positionOfCopy() {
        return end(owner.other());
    }

    @Override
    public List<String> changedSince(Lsn position) {
        return moved.keptAt(owner)
                .sql(
                        "select distinct aggregateid from strangler.outbox where lsn >= ?::pg_lsn and aggregatetype = 'Counter'")
                .param(position.toString())
                .query(String.class)
                .list();
    }

    @Override
    public List<Difference> differences(Collection<String> ids) {
        var one = moved.raised(moved.keptAt(owner));
        var other = moved.raised(moved.keptAt(owner.other()));
        return ids.stream()
                .filter(id -> !one.get(id).equals(other.get(id)))
                .map(id -> new Difference(id, one.get(id) + " and " + other.get(id)))
                .toList();
    }

    private Lsn end(Side side) {
        return Lsn.parse(moved.keptAt(side)
                .sql("select pg_current_wal_insert_lsn()::text")
                .query(String.class)
                .single());
    }
}
