package dev.strangler.cutover.jdbc;

import dev.strangler.cutover.Feature;
import dev.strangler.cutover.Marker;
import dev.strangler.cutover.Side;
import dev.strangler.cutover.workflow.MarkerStream;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Markers as the consumers of both sides write them down, in their own databases. */
public final class JdbcMarkerStream implements MarkerStream {

    private final Feature feature;
    private final Map<Side, String> origins;
    private final Map<Side, DataSource> databases;
    private final IntSupplier partitions;

    /**
     * @param origins how each side signs what it publishes
     * @param databases of both sides
     * @param partitions asks the broker how many the topic has
     */
    public JdbcMarkerStream(
            Feature feature, Map<Side, String> origins, Map<Side, DataSource> databases, IntSupplier partitions) {
        this.feature = feature;
        this.origins = Map.copyOf(origins);
        this.databases = Map.copyOf(databases);
        this.partitions = partitions;
    }

    @Override
    public String topic() {
        return feature.topic();
    }

    @Override
    public int partitions() {
        return partitions.getAsInt();
    }

    @Override
    public List<Marker> markers(String name, Side publisher, int number) {
        return IntStream.range(0, number)
                .mapToObj(
                        partition -> Marker.in(feature.topic(), partition, number, name, Sides.of(origins, publisher)))
                .toList();
    }

    @Override
    public List<String> consumers(Side side) {
        return at(side).sql(
                        "select distinct consumer from strangler.inbox_consumes where aggregatetype = any(?) order by 1")
                .param(aggregates())
                .query(String.class)
                .list();
    }

    @Override
    public List<String> missing(Side side, String name, int number) {
        return at(side).sql("""
                        select c.consumer || '/' || p.number
                          from (select distinct consumer from strangler.inbox_consumes where aggregatetype = any(?)) c
                         cross join generate_series(0, ? - 1) p (number)
                         where not exists (
                               select from strangler.inbox_marker m
                                where m.consumer = c.consumer and m.topic = ? and m.partition = p.number and m.marker = ?)
                         order by 1
                        """)
                .params(aggregates(), number, feature.topic(), name)
                .query(String.class)
                .list();
    }

    private JdbcClient at(Side side) {
        return JdbcClient.create(Sides.of(databases, side));
    }

    private String[] aggregates() {
        return feature.aggregates().toArray(String[]::new);
    }
}
