package dev.strangler.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every law catches its bad fixture, and only that. */
class LawsBiteTest {

    private static final String FIXTURES = "dev.strangler.architecture.fixtures.";

    @Test
    void a_class_that_asks_the_wall_clock_is_caught() {
        assertThat(violations(TimeLaws.time_is_an_argument(), "clockless"))
                .hasSize(2)
                .allMatch(line -> line.contains("AsksTheWallClock"))
                .anyMatch(line -> line.contains("Instant.now()"))
                .anyMatch(line -> line.contains("currentTimeMillis"));
    }

    @Test
    void a_package_that_is_not_null_marked_is_caught() {
        assertThat(violations(NullnessLaws.every_package_is_null_marked(), "unmarked"))
                .singleElement()
                .asString()
                .contains("fixtures.unmarked")
                .contains("NobodyChecksMe");
    }

    @Test
    void a_deployable_that_imports_another_is_caught() {
        var law = RoomLaws.deployables_do_not_import_each_other(FIXTURES + "rooms.shop", FIXTURES + "rooms.dam");
        assertThat(violations(law, "rooms")).isNotEmpty().allMatch(line -> line.contains("rooms.dam.Dam"));
    }

    @Test
    void a_room_that_knows_too_much_is_caught() {
        var law = RoomLaws.room_does_not_know(FIXTURES + "rooms.dam", "the fixture says so", FIXTURES + "rooms.shop");
        assertThat(violations(law, "rooms")).isNotEmpty();
    }

    @Test
    void a_technology_outside_its_rooms_is_caught() {
        var law = RoomLaws.technology_stays_in("java.time", "the fixture says so", FIXTURES + "rooms");
        assertThat(violations(law, "clockless")).isNotEmpty().anyMatch(line -> line.contains("AsksTheWallClock"));
        assertThat(violations(RoomLaws.technology_stays_in("java.time", "nobody may"), "clockless"))
                .isNotEmpty();
    }

    @Test
    void a_law_that_would_forbid_nothing_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RoomLaws.deployables_do_not_import_each_other("dev.strangler.monolith"))
                .withMessageContaining("at least two");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RoomLaws.room_does_not_know("dev.strangler.outbox", "no reason"))
                .withMessageContaining("forbids nothing");
    }

    static List<String> violations(ArchRule law, String fixtures) {
        var classes = new ClassFileImporter().importPackages(FIXTURES + fixtures);
        return law.evaluate(classes).getFailureReport().getDetails();
    }
}
