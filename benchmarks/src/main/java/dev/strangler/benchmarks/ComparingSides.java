package dev.strangler.benchmarks;

import dev.strangler.cutover.Crossings;
import dev.strangler.cutover.Direction;
import dev.strangler.cutover.Feature;
import dev.strangler.cutover.FeatureName;
import dev.strangler.cutover.Parity;
import dev.strangler.cutover.Side;
import dev.strangler.cutover.jdbc.JdbcParity;
import dev.strangler.cutover.jdbc.SideSchema;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * How long it takes to prove that two sides hold the same: as many rows on each, in the two shapes that the example has them in (tags in a
 * table of their own, tags in an array), behind state views of the same contract. Both databases share the machine.
 */
final class ComparingSides {

    private static final Feature PICTURES = new Feature(
            new FeatureName("pictures"),
            "reader",
            List.of("/api/pictures"),
            Set.of("Picture"),
            "pictures.v1",
            Map.of(),
            Map.of());

    /** The contract's shape, the same on both sides. */
    private static final String FORM = """
            create type strangler.rendition_state as (sha256 text, size bigint);
            create type strangler.picture_state as (id uuid, owner text, "fileName" text, size bigint, sha256 text, tags text[],
                status text, version bigint, "uploadedAt" text, thumbnail strangler.rendition_state);
            """;

    private final Map<Side, DataSource> sides;

    ComparingSides(Workbench workbench) {
        this.sides = Map.of(Side.MONOLITH, workbench.writer(), Side.SERVICE, workbench.reader());
    }

    void measure(int rows, int rounds, boolean showPlans, PrintStream out) {
        sides.values().forEach(SideSchema::migrate);
        fill(rows);
        var parity = new JdbcParity(
                (feature, side) -> source(side), new AtOnce(), JdbcParity.Limits.STANDARD, Clock.systemUTC());
        out.printf(
                "comparing %,d rows on each side, load of the machine %.1f%n",
                rows, ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        for (var round = 1; round <= rounds; round++) {
            prove(parity, "equal", out);
        }
        at(Side.SERVICE).update("update picture set file_name = 'other' where id = (select id from picture limit 1)");
        prove(parity, "one row differs", out);
        if (showPlans) {
            sides.keySet().forEach(side -> plan(side, out));
        }
    }

    private static void prove(Parity parity, String what, PrintStream out) {
        var began = System.nanoTime();
        var result = parity.prove(PICTURES, Side.MONOLITH, Parity.Watch.NOBODY);
        var seconds = (System.nanoTime() - began) / 1e9;
        out.printf(
                "  %-16s %-9s %6.1f s  %,10.0f rows per second and side  %s%n",
                what,
                result.proof().verdict(),
                seconds,
                result.proof().rows() / seconds,
                result.discrepancies().stream()
                        .map(found -> found.kind() + " " + found.fields())
                        .toList());
    }

    private void fill(int rows) {
        at(Side.MONOLITH).execute("""
                create table picture (id uuid primary key, owner text not null, file_name text not null, size bigint not null,
                    sha256 text not null, status text not null, version bigint not null, uploaded_at timestamptz not null,
                    thumbnail_sha256 text not null, thumbnail_size bigint not null);
                create index picture_state_key on picture ((id::text) collate "C");
                create table picture_tag (picture_id uuid not null, tag text not null, primary key (picture_id, tag));
                """ + FORM + """
                create view strangler.pictures_state (aggregate_id, version, payload) as
                select id::text, version, row (id, owner, file_name, size, sha256, coalesce(tagged.tags, '{}'), status, version,
                    to_char(uploaded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                    row (thumbnail_sha256, thumbnail_size)::strangler.rendition_state)::strangler.picture_state
                from picture
                cross join lateral (select array_agg(tag order by tag collate "C") as tags from picture_tag where picture_id = id) tagged;
                """);
        at(Side.SERVICE).execute("""
                create table picture (id uuid primary key, owner text not null, file_name text not null, size bigint not null,
                    sha256 text not null, tags text[] not null, status text not null, version bigint not null,
                    uploaded_at timestamptz not null, thumbnail_sha256 text not null, thumbnail_size bigint not null);
                create index picture_state_key on picture ((id::text) collate "C");
                """ + FORM + """
                create view strangler.pictures_state (aggregate_id, version, payload) as
                select id::text, version, row (id, owner, file_name, size, sha256, tags, status, version,
                    to_char(uploaded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                    row (thumbnail_sha256, thumbnail_size)::strangler.rendition_state)::strangler.picture_state
                from picture;
                """);
        var columns = "md5(n::text)::uuid, 'shop', 'picture ' || n || '.png', n, encode(sha256(n::text::bytea), 'hex')";
        var rest =
                "'ACTIVE', 3, '2026-01-01'::timestamptz + n * interval '1 second', encode(sha256((-n)::text::bytea), 'hex'), n / 10";
        at(Side.MONOLITH)
                .update(
                        "insert into picture select %s, %s from generate_series(1, ?) n".formatted(columns, rest),
                        rows);
        at(Side.MONOLITH).update("""
                insert into picture_tag select md5(n::text)::uuid, tag
                  from generate_series(1, ?) n, unnest(array['home', 'lamp']) tag where n % 2 = 0
                """, rows);
        at(Side.SERVICE)
                .update(
                        "insert into picture select %s, case when n %% 2 = 0 then array['home', 'lamp'] else '{}' end, %s from generate_series(1, ?) n"
                                .formatted(columns, rest),
                        rows);
        sides.keySet().forEach(side -> at(side).execute("vacuum analyze"));
    }

    private void plan(Side side, PrintStream out) {
        out.printf("plan of a stretch at the %s%n", side);
        at(side).queryForList("""
                        explain (analyze, buffers) select count(*), sum(strangler.state_hash(aggregate_id, version, payload::text))
                          from strangler.pictures_state
                         where aggregate_id collate "C" >= '4' and aggregate_id collate "C" < '5'
                        """, String.class).forEach(line -> out.println("  " + line));
    }

    private JdbcTemplate at(Side side) {
        return new JdbcTemplate(source(side));
    }

    private DataSource source(Side side) {
        var source = sides.get(side);
        if (source == null) {
            throw new IllegalArgumentException("No database of " + side);
        }
        return source;
    }

    /** Nothing is under way here, so every marker is past everything at once. */
    private static final class AtOnce implements Crossings {

        @Override
        public Crossing begin(Feature feature, Direction direction, String name) {
            return new Crossing(feature, direction, name, 1, Instant.EPOCH);
        }

        @Override
        public boolean hasArrived(Crossing crossing) {
            return true;
        }
    }
}
