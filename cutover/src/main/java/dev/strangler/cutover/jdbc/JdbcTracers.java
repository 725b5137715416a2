package dev.strangler.cutover.jdbc;

import dev.strangler.cutover.Direction;
import dev.strangler.cutover.FeatureName;
import dev.strangler.cutover.Tracers;
import dev.strangler.cutover.Tracing;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The tracers in the façade's database: a row per feature and direction. */
public final class JdbcTracers implements Tracers {

    private final JdbcClient database;

    public JdbcTracers(JdbcClient database) {
        this.database = database;
    }

    @Override
    public Optional<Tracing> last(FeatureName feature, Direction direction) {
        return of(feature).stream()
                .filter(tracing -> tracing.direction() == direction)
                .findFirst();
    }

    @Override
    public List<Tracing> of(FeatureName feature) {
        return database.sql("select * from tracer where feature = ? order by direction desc")
                .param(feature.value())
                .query((row, number) -> tracing(row))
                .list();
    }

    @Override
    public OptionalLong claim(FeatureName feature, Direction direction, Duration interval) {
        var round = database.sql("""
                        insert into tracer as known (feature, direction) values (?, ?)
                        on conflict (feature, direction) do update
                           set round = known.round + 1, claimed_at = clock_timestamp()
                         where known.claimed_at <= clock_timestamp() - make_interval(secs => ?)
                        returning round
                        """)
                .params(feature.value(), direction.name(), interval.toMillis() / 1000.0)
                .query(Long.class)
                .optional();
        return round.isPresent() ? OptionalLong.of(round.get()) : OptionalLong.empty();
    }

    @Override
    public void arrived(FeatureName feature, Direction direction, Instant sentAt, Instant arrivedAt) {
        database.sql("""
                        update tracer set sent_at = ?, arrived_at = ?, trouble = null
                         where feature = ? and direction = ? and (sent_at is null or sent_at < ?)
                        """)
                .params(utc(sentAt), utc(arrivedAt), feature.value(), direction.name(), utc(sentAt))
                .update();
    }

    @Override
    public void inTrouble(FeatureName feature, Direction direction, String trouble) {
        database.sql("update tracer set trouble = ? where feature = ? and direction = ?")
                .params(trouble, feature.value(), direction.name())
                .update();
    }

    private static Tracing tracing(ResultSet row) throws SQLException {
        return new Tracing(
                new FeatureName(row.getString("feature")),
                Direction.valueOf(row.getString("direction")),
                instant(row, "sent_at"),
                instant(row, "arrived_at"),
                row.getString("trouble"));
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
