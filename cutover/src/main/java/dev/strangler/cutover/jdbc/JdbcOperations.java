package dev.strangler.cutover.jdbc;

import dev.strangler.cutover.Direction;
import dev.strangler.cutover.Epoch;
import dev.strangler.cutover.FeatureName;
import dev.strangler.cutover.OperationId;
import dev.strangler.cutover.Phase;
import dev.strangler.cutover.Side;
import dev.strangler.cutover.workflow.LeaseLost;
import dev.strangler.cutover.workflow.Operation;
import dev.strangler.cutover.workflow.Operation.Course;
import dev.strangler.cutover.workflow.Operations;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The operations in the façade's database; leases run by that database's clock. */
public final class JdbcOperations implements Operations {

    private static final String ALL = "select *, led_until > clock_timestamp() as is_led from operation ";

    private static final List<String> MOVING =
            Stream.of(Phase.values()).filter(Phase::isMoving).map(Phase::name).toList();

    /** What is done is done, also where whoever led it died before the feature was said to be on its way. */
    private static final List<String> MOVING_OR_NOT_YET = Stream.concat(
                    MOVING.stream(),
                    Stream.of(Side.values()).map(Phase::ownedBy).map(Phase::name))
            .toList();

    private final JdbcClient database;

    public JdbcOperations(JdbcClient database) {
        this.database = database;
    }

    @Override
    public void start(Operation operation, String holder, Duration lease) {
        try {
            database.sql("""
                            insert into operation (id, feature, direction, from_epoch, to_epoch, who, why, waived, holder, led_until)
                            values (?, ?, ?, ?, ?, ?, ?, ?, ?, clock_timestamp() + make_interval(secs => ?))
                            """)
                    .params(
                            operation.id().value(),
                            operation.feature().value(),
                            operation.direction().name(),
                            operation.from().value(),
                            operation.to().value(),
                            operation.who(),
                            operation.why(),
                            operation.waived().toArray(String[]::new),
                            holder,
                            seconds(lease))
                    .update();
        } catch (DuplicateKeyException taken) {
            throw new AnotherOperation(
                    operation.feature(),
                    unfinished(operation.feature()).map(Standing::said).orElse("it has just ended"));
        }
    }

    @Override
    public Optional<Standing> unfinished(FeatureName feature) {
        return database.sql(ALL + "where feature = ? and ended_at is null")
                .param(feature.value())
                .query((row, number) -> standing(row))
                .optional();
    }

    @Override
    public List<Standing> unfinished() {
        return database.sql(ALL + "where ended_at is null order by started_at")
                .query((row, number) -> standing(row))
                .list();
    }

    @Override
    public Optional<Standing> find(OperationId operation) {
        return database.sql(ALL + "where id = ?")
                .param(operation.value())
                .query((row, number) -> standing(row))
                .optional();
    }

    @Override
    public List<Standing> of(FeatureName feature, int limit) {
        return database.sql(ALL + "where feature = ? order by started_at desc limit ?")
                .params(feature.value(), limit)
                .query((row, number) -> standing(row))
                .list();
    }

    @Override
    public boolean lead(OperationId operation, String holder, Duration lease) {
        return database.sql("""
                                update operation set holder = ?, led_until = clock_timestamp() + make_interval(secs => ?)
                                 where id = ? and ended_at is null and (holder = ? or led_until < clock_timestamp())
                                """)
                        .params(holder, seconds(lease), operation.value(), holder)
                        .update()
                == 1;
    }

    @Override
    public void leave(OperationId operation, String holder) {
        database.sql(
                        "update operation set led_until = clock_timestamp() where id = ? and holder = ? and ended_at is null")
                .params(operation.value(), holder)
                .update();
    }

    @Override
    public void turn(OperationId operation, String holder, Course to, String reason) {
        // One statement, so that no death in between leaves a feature on its way with nobody who moves it.
        var turned = database.sql("""
                        with turned as (
                            update operation set course = :course, reason = :reason, ended_at = case when :over then clock_timestamp() end
                             where id = :id and holder = :holder and ended_at is null
                            returning feature, (direction = 'FORWARD') = (course = 'DONE') as at_the_service, who),
                        settled as (
                            update phase set phase = case when at_the_service then :service else :monolith end, who = turned.who, changed_at = clock_timestamp()
                              from turned where :over and phase.feature = turned.feature and phase.phase in (:moving))
                        select count(*) from turned
                        """)
                .param("course", to.name())
                .param("reason", reason)
                .param("over", to.isOver())
                .param("id", operation.value())
                .param("holder", holder)
                .param("service", Phase.ownedBy(Side.SERVICE).name())
                .param("monolith", Phase.ownedBy(Side.MONOLITH).name())
                .param("moving", to == Course.DONE ? MOVING_OR_NOT_YET : MOVING)
                .query(Integer.class)
                .single();
        if (turned == 0) {
            throw new LeaseLost(operation, holder);
        }
    }

    @Override
    public boolean askToTakeBack(OperationId operation, String reason) {
        var asked = database.sql("""
                        update operation set course = 'ABORTING', reason = ? where id = ? and ended_at is null and course = 'RUNNING'
                        """).params(reason, operation.value()).update();
        return asked == 1
                || find(operation)
                        .filter(standing -> standing.course() == Course.ABORTING)
                        .isPresent();
    }

    static Standing standing(ResultSet row) throws SQLException {
        var ended = row.getObject("ended_at", OffsetDateTime.class);
        return new Standing(
                new Operation(
                        new OperationId(row.getString("id")),
                        new FeatureName(row.getString("feature")),
                        Direction.valueOf(row.getString("direction")),
                        new Epoch(row.getLong("from_epoch")),
                        new Epoch(row.getLong("to_epoch")),
                        row.getString("who"),
                        row.getString("why"),
                        List.of((String[]) row.getArray("waived").getArray()),
                        row.getObject("started_at", OffsetDateTime.class).toInstant()),
                Course.valueOf(row.getString("course")),
                row.getString("holder"),
                row.getBoolean("is_led"),
                row.getString("reason"),
                ended == null ? null : ended.toInstant());
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }
}
