package dev.strangler.facade;

import dev.strangler.sandbox.Database;
import dev.strangler.sandbox.Infrastructure;
import dev.strangler.sandbox.WithInfrastructure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whole façades on a real control database, one for each test; the sides are stand-ins, and Kafka, Connect and the sides' databases are away. */
@WithInfrastructure
abstract class FacadesOnStandIns {

    private final StandInSide monolith = new StandInSide("monolith");
    private final StandInSide dam = new StandInSide("dam");
    private final List<FacadeProcess> started = new ArrayList<>();
    Infrastructure infrastructure;
    private Path map;
    private String database;

    @BeforeEach
    void prepare(Infrastructure given, @TempDir Path directory, TestInfo test) {
        infrastructure = given;
        map = Maps.file(directory, Maps.environment(monolith.url(), dam.url(), dam.url()));
        database = Integer.toHexString(test.getDisplayName().hashCode());
    }

    @AfterEach
    void end() {
        started.forEach(FacadeProcess::close);
        monolith.close();
        dam.close();
    }

    final void close(FacadeProcess facade) {
        facade.close();
        started.remove(facade);
    }

    final FacadeProcess start(String... more) {
        var facade = new FacadeProcess(control(), map, more);
        started.add(facade);
        return facade;
    }

    /** The database that the façades of the test share. */
    final Database control() {
        return infrastructure.database(database);
    }

    final void administer(String sql) {
        JdbcClient.create(control().dataSource()).sql(sql).update();
    }
}
