package dev.strangler.facade.audit;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Everything that was asked for, in the console or of the control API, and what became of it. Only grows: the database refuses everything else. */
@Component
public class Audit {

    /** Who asked where that is not known, as the audit calls him. */
    public static final String NOBODY = "nobody";

    /** The role of whoever was not let in. */
    public static final String NO_ROLE = "none";

    private static final Logger log = LoggerFactory.getLogger(Audit.class);
    private static final int LONGEST = 2_000;

    private final JdbcClient database;

    Audit(JdbcClient database) {
        this.database = database;
    }

    /** The way by which something was asked for. */
    public enum Channel {
        /** A form of the console, by somebody who is logged in. */
        CONSOLE,
        /** A request to the control API with its token: the command line, a script. */
        API;

        /** As people read it. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What became of something that was asked for. */
    public enum Outcome {
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
     * What was asked for. Longer texts are cut off when they are written.
     *
     * @param who asked, as he calls himself; {@link #NOBODY} where he does not say
     * @param role of his token, or {@link #NO_ROLE}
     * @param act such as {@code cutover}
     * @param feature or empty
     * @param line how it was asked for: the same on the command line, or the request
     */
    public record Asked(Channel channel, String who, String role, String act, String feature, String line) {}

    /**
     * One line.
     *
     * @param number grows
     * @param at control database's clock
     * @param said what he was told
     */
    public record Line(long number, Instant at, Asked asked, Outcome outcome, String said) {}

    /** Adds a line; throws what the database throws, and then nothing may be done. */
    public void write(Asked asked, Outcome outcome, String said) {
        database.sql(
                        "insert into audit (channel, who, role, act, feature, line, outcome, said) values (?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        asked.channel().name(),
                        shortened(asked.who()),
                        asked.role(),
                        shortened(asked.act()),
                        shortened(asked.feature()),
                        shortened(asked.line()),
                        outcome.name(),
                        shortened(said))
                .update();
    }

    /** Adds a line about what has happened already; where the database is away the line before it stays the last word, and the log has this one. */
    public void note(Asked asked, Outcome outcome, String said) {
        try {
            write(asked, outcome, said);
        } catch (DataAccessException | TransactionException away) {
            log.warn("What became of {} could not be written down: {} {}", asked, outcome, said, away);
        }
    }

    /** The newest lines before that number, newest first. */
    public List<Line> before(long number, int most) {
        return database.sql("select * from audit where number < ? order by number desc limit ?")
                .params(number, most)
                .query((row, index) -> new Line(
                        row.getLong("number"),
                        row.getObject("at", OffsetDateTime.class).toInstant(),
                        new Asked(
                                Channel.valueOf(row.getString("channel")),
                                row.getString("who"),
                                row.getString("role"),
                                row.getString("act"),
                                row.getString("feature"),
                                row.getString("line")),
                        Outcome.valueOf(row.getString("outcome")),
                        row.getString("said")))
                .list();
    }

    private static String shortened(String text) {
        var clean = text.replace("\u0000", "");
        return clean.length() <= LONGEST ? clean : clean.substring(0, LONGEST) + "…";
    }
}
