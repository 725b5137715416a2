package dev.strangler.architecture.laws;

import dev.strangler.architecture.sql.Verb;
import dev.strangler.architecture.writes.Channel;
import dev.strangler.architecture.writes.Unreadable;
import dev.strangler.architecture.writes.Write;
import dev.strangler.architecture.writes.Writes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Judges who writes what: W1 to W12 and W17. */
final class JudgingWrites {

    private static final String KIT_SCHEMA = "strangler.";

    private final Owners owners;
    private final Writes writes;
    private final Findings findings;
    /** What each script without a home does to which feature. */
    private final Map<String, SortedMap<String, String>> scripts = new LinkedHashMap<>();

    JudgingWrites(Owners owners, Writes writes, Findings findings) {
        this.owners = owners;
        this.writes = writes;
        this.findings = findings;
    }

    void judge() {
        writes.writes().stream().filter(write -> !write.isImplied()).forEach(this::judge);
        writes.unreadable().forEach(this::judge);
        scripts.forEach((path, changes) -> {
            var features = new TreeSet<>(changes.values());
            if (features.size() > 1) {
                findings.add(
                        Law.W10,
                        Finding.UNASSIGNED,
                        path,
                        String.join(",", changes.keySet()),
                        "Script %s changes tables of %s. %s Split it; where it has run already, leave it and name it in an exception. Line for exceptions/%s.txt:"
                                .formatted(path, String.join(" and ", features), Law.W10.why(), Finding.UNASSIGNED));
            }
        });
    }

    private void judge(Write write) {
        if (write.verb() == Verb.BYPASS || write.table().startsWith(KIT_SCHEMA)) {
            bypass(write);
            return;
        }
        var owner = owners.ofTable(write.table()).orElse(null);
        if (owner == null) {
            return;
        }
        if (write.channel() == Channel.FOREIGN_KEY) {
            foreignKey(write, owner);
            return;
        }
        var writer = owners.ofPlace(write.place());
        if (writer == null && write.place().type() == null) {
            scripts.computeIfAbsent(write.place().member(), unknown -> new TreeMap<>())
                    .put(write.verb() + " " + write.table(), owner);
        } else if (!owner.equals(writer)) {
            foreign(write, owner, writer);
        } else {
            moved(write, owner);
        }
    }

    private void foreign(Write write, String owner, @Nullable String writer) {
        var law = Law.on(write.channel());
        var file = writer == null ? Finding.UNASSIGNED : writer;
        var who = writer == null ? write.place().told() + ", which belongs to no feature," : writer;
        var fact = switch (law) {
            case W4 ->
                "%s changes what is stored in table %s (owner: %s, %s) in %s, through %s."
                        .formatted(
                                who,
                                write.table(),
                                owner,
                                owners.state(owner),
                                write.place().told(),
                                write.by());
            case W5, W6 ->
                "%s, of %s, writes table %s, owned by %s (%s): %s."
                        .formatted(write.place().told(), who, write.table(), owner, owners.state(owner), write.by());
            default ->
                "%s writes table %s (owner: %s, %s) in %s, by %s: %s."
                        .formatted(
                                who,
                                write.table(),
                                owner,
                                owners.state(owner),
                                write.place().told(),
                                write.channel().told(),
                                write.by());
        };
        findings.add(
                law,
                file,
                identity(write),
                write.by(),
                "%s %s %s Or, if this must wait, add the line to exceptions/%s.txt:"
                        .formatted(fact, law.why(), wayOut(law, owner, write), file));
    }

    private String wayOut(Law law, String owner, Write write) {
        return switch (law) {
            case W4 -> "Read %s through a view of it, or call a command of %s.".formatted(write.table(), owner);
            case W5 ->
                "Keep the id only, take away cascade and orphan removal, and let %s react to an event."
                        .formatted(owner);
            case W6 -> "Keep the collection in %s, or give its table to the feature that declares it.".formatted(owner);
            default ->
                "Do one of: call a command of %s; or move %s to %s."
                        .formatted(owner, write.place().told(), owners.home(owner));
        };
    }

    /** What is right before the move is wrong after it. */
    private void moved(Write write, String owner) {
        var packageName = write.place().packageName();
        boolean isIntake = packageName != null && (packageName.endsWith(".intake") || packageName.contains(".intake."));
        boolean isOfRows = packageName != null && !write.verb().isOfTheTable();
        var state = owners.state(owner);
        if (isOfRows && (state == State.SEALED || state == State.WITH_SERVICE && !isIntake)) {
            findings.add(
                    Law.W17,
                    owner,
                    identity(write),
                    write.by(),
                    ("%s still writes table %s, though feature %s is %s. %s Delete this code, or make it send the change to the service. Or, if this"
                                    + " must wait, add the line to exceptions/%s.txt:")
                            .formatted(write.place().told(), write.table(), owner, state, Law.W17.why(), owner));
        }
    }

    private void foreignKey(Write write, String owner) {
        var words = write.by().split(" ", 3);
        var parent = owners.ofTable(words[1]).orElse(null);
        if (parent != null && !parent.equals(owner)) {
            findings.add(
                    Law.W11,
                    parent,
                    identity(write),
                    write.by(),
                    ("A row of %s that goes or changes its key writes table %s (owner: %s): script %s says it %s. %s Add a migration: alter table %s drop"
                                    + " constraint …; then let %s react to an event. Or, if this must wait, add the line to exceptions/%s.txt:")
                            .formatted(
                                    words[1],
                                    write.table(),
                                    owner,
                                    write.place().told(),
                                    write.by(),
                                    Law.W11.why(),
                                    write.table(),
                                    owner,
                                    parent));
        }
    }

    private void bypass(Write write) {
        var writer = owners.ofPlace(write.place());
        var file = writer == null ? Finding.UNASSIGNED : writer;
        var fact = write.verb() == Verb.BYPASS
                ? "%s puts what guards tables out of force (%s) by: %s."
                        .formatted(write.place().told(), write.table(), write.by())
                : "%s writes %s, which is the kit's own, by %s."
                        .formatted(
                                write.place().told(),
                                write.table(),
                                write.channel().told());
        findings.add(
                Law.W12,
                file,
                identity(write),
                write.by(),
                "%s %s Use the kit's functions or types instead. Or, if this must wait, add the line to exceptions/%s.txt:"
                        .formatted(fact, Law.W12.why(), file));
    }

    private void judge(Unreadable doubt) {
        var law = doubt.channel() == Channel.REPOSITORY || doubt.channel() == Channel.ENTITY_MANAGER ? Law.W3 : Law.W8;
        var feature = owners.ofPlace(doubt.place());
        var file = feature == null ? Finding.UNASSIGNED : feature;
        findings.add(
                law,
                file,
                doubt.place().key() + " " + doubt.channel(),
                doubt.by(),
                "What %s writes can't be known, since %s: %s. %s %s Or, if this must wait, add the line to exceptions/%s.txt:"
                        .formatted(
                                doubt.place().told(),
                                doubt.reason(),
                                doubt.by(),
                                law.why(),
                                law == Law.W3
                                        ? "Store each class by a method of its own."
                                        : "Use constants for verb and table.",
                                file));
    }

    private static String identity(Write write) {
        return write.place().key() + " " + write.verb() + " " + write.table();
    }
}
