package dev.strangler.acceptance;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import dev.strangler.architecture.NullnessLaws;
import dev.strangler.architecture.RoomLaws;
import dev.strangler.architecture.SingleWriterLaws;
import dev.strangler.architecture.TimeLaws;
import dev.strangler.architecture.code.CodeBase;
import dev.strangler.architecture.laws.Exceptions;
import dev.strangler.architecture.laws.WriteLaws;
import dev.strangler.architecture.writes.Channel;
import dev.strangler.architecture.writes.Writes;
import dev.strangler.cutover.FeatureMap;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What this repository promises about itself. */
class LawsOfThisRepositoryTest {

    private static final String KIT = "dev.strangler.";
    private static final String MONOLITH = KIT + "monolith";
    private static final String DAM = KIT + "dam";
    private static final String PIM = KIT + "pim";
    private static final String MEDIA = KIT + "media";
    private static final String FACADE = KIT + "facade";
    private static final String SIDE = KIT + "side";
    private static final String[] DEPLOYABLES = {MONOLITH, DAM, PIM, FACADE};

    private static JavaClasses everything;
    private static FeatureMap map;

    @BeforeAll
    static void read() {
        // Once for all laws: reading takes far longer than judging.
        everything = new ClassFileImporter().importPaths(modules());
        map = FeatureMap.load(Path.of("..", "strangler.yml"), Map.of());
    }

    @Test
    void deployables_meet_in_contracts_and_over_http_only() {
        check(RoomLaws.deployables_do_not_import_each_other(DEPLOYABLES));
    }

    @Test
    void dependencies_between_rooms_point_one_way() {
        check(RoomLaws.room_does_not_know(
                KIT + "outbox",
                "the outbox moves sealed envelopes: event types belong in contracts, features in cutover",
                KIT + "contracts",
                MEDIA,
                KIT + "cutover",
                SIDE,
                KIT + "cli",
                KIT + "sandbox",
                MONOLITH,
                DAM,
                PIM,
                FACADE));
        check(RoomLaws.room_does_not_know(
                KIT + "inbox",
                "the inbox hands over sealed envelopes: what they mean is the handler's",
                KIT + "contracts",
                MEDIA,
                KIT + "cutover",
                SIDE,
                KIT + "cli",
                KIT + "sandbox",
                MONOLITH,
                DAM,
                PIM,
                FACADE));
        check(RoomLaws.room_does_not_know(
                KIT + "cutover",
                "the kit must move any monolith: nothing of the example, of HTTP or of operators' tools belongs here",
                KIT + "contracts",
                MEDIA,
                KIT + "cli",
                KIT + "sandbox",
                SIDE,
                MONOLITH,
                DAM,
                PIM,
                FACADE,
                "org.springframework.web",
                "jakarta.servlet"));
        check(RoomLaws.room_does_not_know(
                SIDE,
                "what each side adds must fit any monolith and any service: nothing of the example or of what sees"
                        + " both sides",
                KIT + "contracts",
                MEDIA,
                KIT + "cli",
                KIT + "sandbox",
                MONOLITH,
                DAM,
                PIM,
                FACADE));
        check(RoomLaws.room_does_not_know(
                FACADE,
                "the façade carries any features and is no side of them: it knows paths and headers, not assets",
                KIT + "contracts",
                MEDIA,
                SIDE));
        check(RoomLaws.room_does_not_know(
                MEDIA,
                "both sides take pictures in by it: what an asset is, and how it is told, is each side's own",
                KIT + "contracts",
                KIT + "outbox",
                KIT + "inbox",
                KIT + "cutover",
                KIT + "cli",
                KIT + "sandbox",
                MONOLITH,
                DAM,
                PIM,
                FACADE,
                "jakarta.persistence"));
        check(RoomLaws.room_does_not_know(
                KIT + "cli",
                "the command line reaches the shop over HTTP as everybody does",
                KIT + "contracts",
                MEDIA,
                SIDE,
                MONOLITH,
                DAM,
                PIM,
                FACADE));
    }

    @Test
    void contracts_are_free_of_frameworks() {
        check(RoomLaws.room_does_not_know(
                KIT + "contracts",
                "whoever reads an event must not need our framework for it",
                "org.springframework",
                "jakarta.persistence",
                "org.hibernate",
                "org.apache.kafka"));
    }

    @Test
    void kafka_stays_where_records_are_moved() {
        check(RoomLaws.technology_stays_in(
                "org.apache.kafka",
                "applications append to the outbox and are called by the inbox; they never talk to the broker",
                KIT + "outbox.relay",
                KIT + "inbox",
                KIT + "sandbox",
                FACADE + ".sides",
                // Judges what others have sent.
                KIT + "cli.rehearse",
                KIT + "benchmarks"));
    }

    @Test
    void pictures_of_strangers_are_decoded_in_one_place() {
        check(RoomLaws.technology_stays_in(
                "javax.imageio",
                "a decoder outside its limits of time and memory is how a picture takes a shop down",
                MEDIA));
        check(RoomLaws.technology_stays_in(
                "com.twelvemonkeys", "one decoder per type, named where the limits are", MEDIA));
    }

    @Test
    void what_is_heard_is_not_published_again() {
        SingleWriterLaws.appends_no_events().check(classesOf(MONOLITH + ".assets.intake"));
        SingleWriterLaws.appends_no_events().check(classesOf(MONOLITH + ".products.intake"));
        SingleWriterLaws.appends_no_events().check(classesOf(DAM + ".intake"));
        SingleWriterLaws.appends_no_events().check(classesOf(PIM + ".intake"));
    }

    @Test
    void debezium_is_configured_and_never_compiled_against() {
        check(RoomLaws.technology_stays_in(
                "io.debezium", "the connector runs in a worker of its own, by configuration"));
    }

    @Test
    void each_table_is_written_by_its_one_owner() {
        var monolith = SingleWriterLaws.forMonolith(map);
        monolith.sql_writes_its_own_tables().check(classesOf(MONOLITH));
        monolith.entities_map_their_own_tables().check(classesOf(MONOLITH));
        SingleWriterLaws.forService(map, "dam").sql_writes_its_own_tables().check(classesOf(DAM));
        SingleWriterLaws.forService(map, "dam").entities_map_their_own_tables().check(classesOf(DAM));
        SingleWriterLaws.forService(map, "pim").sql_writes_its_own_tables().check(classesOf(PIM));
        SingleWriterLaws.forService(map, "pim").entities_map_their_own_tables().check(classesOf(PIM));
    }

    @Test
    void every_write_of_either_side_is_lawful_or_excused() {
        judge(
                "monolith",
                WriteLaws.forMonolith(map)
                        .atLeast(2, Channel.REPOSITORY)
                        .atLeast(10, Channel.SQL)
                        .atLeast(6, Channel.MIGRATION),
                "monolith",
                3);
        judge("extracted-dam-service", WriteLaws.forService(map, "dam").atLeast(5, Channel.SQL), "dam", 2);
        judge("extracted-pim-service", WriteLaws.forService(map, "pim").atLeast(5, Channel.SQL), "pim", 1);
    }

    private static void judge(String module, WriteLaws laws, String exceptions, int ceiling) {
        var code = CodeBase.read(Path.of("..", module, "target", "classes"));
        var excused = laws.judge(Writes.of(code))
                .excusing(Exceptions.in(Path.of("..", "exceptions", exceptions), Clock.systemUTC()), ceiling);
        System.out.println(module + ": " + excused.size());
        excused.check();
    }

    @Test
    void each_topic_is_written_by_its_one_owner() {
        SingleWriterLaws.forMonolith(map).events_are_appended_by_their_owner().check(classesOf(MONOLITH));
        SingleWriterLaws.forService(map, "pim")
                .events_are_appended_by_their_owner()
                .check(classesOf(PIM));
        SingleWriterLaws.forService(map, "dam")
                .events_are_appended_by_their_owner()
                .check(classesOf(DAM));
    }

    @Test
    void packages_are_null_marked() {
        check(NullnessLaws.every_package_is_null_marked());
    }

    @Test
    void time_is_an_argument() {
        check(TimeLaws.time_is_an_argument());
    }

    private static void check(ArchRule law) {
        law.check(everything);
    }

    private static JavaClasses classesOf(String basePackage) {
        var classes = everything.that(DescribedPredicate.describe(
                "below " + basePackage,
                type -> type.getPackageName().equals(basePackage)
                        || type.getPackageName().startsWith(basePackage + ".")));
        if (classes.isEmpty()) {
            throw new AssertionError(
                    "No class below " + basePackage + " was found, so every law would pass. Compile the module first.");
        }
        return classes;
    }

    /** Their directories: deployables are processes to these tests, and nothing of theirs is on the class path. */
    private static List<Path> modules() {
        var modules = Stream.of(
                        "architecture-tests",
                        "cli",
                        "contracts",
                        "cutover",
                        "extracted-dam-service",
                        "extracted-pim-service",
                        "facade",
                        "media",
                        "monolith",
                        "outbox",
                        "sandbox",
                        "side")
                .map(module -> Path.of("..", module, "target", "classes"))
                .toList();
        modules.stream().filter(module -> !Files.isDirectory(module)).forEach(missing -> {
            throw new AssertionError(
                    "There are no classes in " + missing + ", so every law would pass. Compile the module first.");
        });
        return modules;
    }
}
