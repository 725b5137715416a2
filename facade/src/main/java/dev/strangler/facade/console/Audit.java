package dev.strangler.facade.console;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Everything that was asked for in the console, and what became of it. Only grows: the database refuses everything else. */
@Component
class Audit {

    private static final int LONGEST = 2_000;

    private final JdbcClient database;

    Audit(JdbcClient database) {
        this.database = database;
    }

    /** What became of something that was asked for. */
    enum Outcome {
        /** It is about to be done; without a later line it is not known what became of it. */
        ASKED,
        /** It was done, or begun where it takes long. */
        DONE,
        /** It was not done, and nothing was changed. */
        REFUSED,
        /** It failed, or nobody knows. */
        FAILED
    }

    /**
     * One line.
     *
     * @param who asked; {@code nobody} where that is not known
     * @param role of his, or {@code none}
     * @param feature or empty
     * @param line the same on the command line
     * @param said what he was told
     */
    record Line(
            long number,
            Instant at,
            String who,
            String role,
            String act,
            String feature,
            String line,
            Outcome outcome,
            String said) {}

    /** Adds a line; throws what the database throws, and then nothing may be done. */
    void write(@Nullable Operator operator, Act act, String feature, String line, Outcome outcome, String said) {
        database.sql(
                        "insert into console_act (who, role, act, feature, line, outcome, said) values (?, ?, ?, ?, ?, ?, ?)")
                .params(
                        operator == null ? "nobody" : operator.who(),
                        operator == null ? "none" : operator.role().label(),
                        act.verb(),
                        shortened(feature),
                        shortened(line),
                        outcome.name(),
                        shortened(said))
                .update();
    }

    /** The newest lines before that number. */
    List<Line> before(long number, int most) {
        return database.sql("select * from console_act where number < ? order by number desc limit ?")
                .params(number, most)
                .query((row, index) -> new Line(
                        row.getLong("number"),
                        row.getObject("at", OffsetDateTime.class).toInstant(),
                        row.getString("who"),
                        row.getString("role"),
                        row.getString("act"),
                        row.getString("feature"),
                        row.getString("line"),
                        Outcome.valueOf(row.getString("outcome")),
                        row.getString("said")))
                .list();
    }

    private static String shortened(String text) {
        var clean = text.replace("\u0000", "");
        return clean.length() <= LONGEST ? clean : clean.substring(0, LONGEST) + "…";
    }
}
