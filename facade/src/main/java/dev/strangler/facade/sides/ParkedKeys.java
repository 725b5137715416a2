package dev.strangler.facade.sides;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The keys that wait for an operator, in all sides' databases. The inbox carries out what is decided here, at its next look. */
public final class ParkedKeys {

    private static final int MOST_PER_SIDE = 500;

    private final SideDatabases databases;

    public ParkedKeys(SideDatabases databases) {
        this.databases = databases;
    }

    /**
     * A key with the first of its records, which is the one that could not be applied.
     *
     * @param side whose consumer
     * @param consumer its name
     * @param topic where the record lies
     * @param partition likewise
     * @param offset likewise
     * @param aggregateType of the key
     * @param aggregateId of the key
     * @param cause why it could not be applied
     * @param attempts how often it was tried
     * @param records how many wait with it
     * @param parkedAt since when
     * @param verdict what an operator has decided and the inbox has not carried out yet
     */
    public record ParkedKey(
            String side,
            String consumer,
            String topic,
            int partition,
            long offset,
            String aggregateType,
            String aggregateId,
            String cause,
            int attempts,
            long records,
            Instant parkedAt,
            @Nullable String verdict) {}

    /** What an operator decides on. */
    public enum Verdict {
        /** The first record of the key is tried again, then those behind it. */
        RETRY("parked_retry"),
        /** The first record of the key is given up, then those behind it are tried. */
        SKIP("parked_skip");

        private final String function;

        Verdict(String function) {
            this.function = function;
        }
    }

    /** The oldest keys parked at that side, at most {@value #MOST_PER_SIDE}. */
    public List<ParkedKey> at(String side) {
        return JdbcClient.create(databases.of(side))
                .sql("""
                        select * from (
                            select distinct on (consumer, aggregatetype, aggregateid) *,
                                   count(*) over (partition by consumer, aggregatetype, aggregateid) as records
                              from strangler.inbox_parked
                             order by consumer, aggregatetype, aggregateid, topic, partition, "offset") first
                         order by parked_at, consumer, aggregatetype, aggregateid limit ?
                        """)
                .param(MOST_PER_SIDE)
                .query((row, number) -> new ParkedKey(
                        side,
                        row.getString("consumer"),
                        row.getString("topic"),
                        row.getInt("partition"),
                        row.getLong("offset"),
                        row.getString("aggregatetype"),
                        row.getString("aggregateid"),
                        row.getString("cause"),
                        row.getInt("attempts"),
                        row.getLong("records"),
                        row.getObject("parked_at", OffsetDateTime.class).toInstant(),
                        row.getString("verdict")))
                .list();
    }

    /** Decides; answers whether that side has such a key parked. */
    public boolean decide(String side, Verdict verdict, String consumer, String aggregateType, String aggregateId) {
        return Optional.ofNullable(JdbcClient.create(databases.of(side))
                        .sql("select strangler.%s(?, ?, ?)".formatted(verdict.function))
                        .params(consumer, aggregateType, aggregateId)
                        .query(Boolean.class)
                        .single())
                .orElse(false);
    }

    /** The sides to look at. */
    public List<String> sides() {
        return List.copyOf(databases.sides());
    }
}
