package dev.strangler.architecture.laws;

import dev.strangler.architecture.observed.ObservedWrite;
import dev.strangler.architecture.writes.Writes;
import dev.strangler.cutover.FeatureMap;
import dev.strangler.cutover.OwnedDatabase;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * W21 for one deployable: what was written while it ran must have been foretold from its code, for the feature in whose transaction it was written. The feature
 * is what the transaction's setting {@code strangler.author} says ({@code strangler.side.name-authors}); in a service of one feature the owner's
 * login says it too.
 */
public final class ObservedLaws {

    /** What the inbox applies: whatever the features' code may write to tables of features and of nobody. */
    private static final String INBOX = "inbox";

    private static final String KIT = "kit";

    private final Owners owners;
    private final OwnedDatabase database;
    private final Map<String, String> features = new HashMap<>();

    private ObservedLaws(Owners owners, OwnedDatabase database) {
        this.owners = owners;
        this.database = database;
    }

    /** For the monolith. */
    public static ObservedLaws forMonolith(FeatureMap map) {
        return new ObservedLaws(Owners.ofMonolith(map), map.monolith().database());
    }

    /**
     * For a service.
     *
     * @throws IllegalArgumentException if it owns no feature
     */
    public static ObservedLaws forService(FeatureMap map, String service) {
        var owners = Owners.ofService(map, service);
        var deployable = map.deployables().stream()
                .filter(side -> side.name().equals(service))
                .findFirst()
                .orElseThrow();
        var laws = new ObservedLaws(owners, deployable.database());
        if (owners.tables().size() == 1) {
            laws.writingAs(
                    deployable.database().owner().name(),
                    owners.tables().keySet().iterator().next());
        }
        return laws;
    }

    /** A role that one feature has to itself, to log in by or to set in its transactions, so that its transactions need not say more. */
    public ObservedLaws writingAs(String role, String feature) {
        features.put(role, feature);
        return this;
    }

    /**
     * Compares.
     *
     * @throws IllegalArgumentException if nothing was seen, since that proves nothing
     */
    public Foretold judge(Writes writes, List<ObservedWrite> observed) {
        if (observed.isEmpty()) {
            throw new IllegalArgumentException(
                    "No write was seen at all, so nothing is proved. Let the application do something while it is watched.");
        }
        var foretold = ForetoldWrites.of(writes, owners);
        var findings = new Findings();
        var seen = new HashSet<String>();
        int kinds = 0;
        int right = 0;
        long rows = 0;
        for (var write : observed) {
            if (JudgingTables.OF_FRAMEWORKS.contains(write.table())) {
                continue;
            }
            var author = authorOf(write);
            if (DatabaseLaws.isOfKit(write.table()) && author != null) {
                // Written by the kit's library for whoever calls it: no code of a feature foretells it.
                continue;
            }
            kinds++;
            rows += write.rows();
            if (author == null) {
                nobodys(write, findings);
            } else if (isForetold(foretold, author, write)) {
                right++;
                seen.add(author + " " + write.verb() + " " + write.table());
            } else {
                unforetold(write, author, findings);
            }
        }
        return new Foretold(new Judgement(findings.numbered()), kinds, right, rows, notSeen(foretold, seen));
    }

    private static List<String> notSeen(Map<String, Set<String>> foretold, Set<String> seen) {
        var notSeen = new TreeSet<String>();
        foretold.forEach((feature, all) -> all.forEach(write -> notSeen.add(feature + " " + write)));
        notSeen.removeAll(seen);
        return List.copyOf(notSeen);
    }

    private static boolean isForetold(Map<String, Set<String>> foretold, String author, ObservedWrite write) {
        var what = write.verb() + " " + write.table();
        return author.equals(INBOX)
                ? foretold.values().stream().anyMatch(all -> all.contains(what))
                : foretold.getOrDefault(author, Set.of()).contains(what);
    }

    /** Null if nobody can be made responsible. The kit's tables are written by its roles, in whatever transaction. */
    private @Nullable String authorOf(ObservedWrite write) {
        var teller = write.teller();
        if (teller == null) {
            return null;
        }
        if (!teller.author().isEmpty()) {
            return teller.author();
        }
        boolean isOwner = teller.login().equals(database.owner().name());
        boolean isOfKit = isOwner || teller.login().equals(database.relay().name());
        if (DatabaseLaws.isOfKit(write.table()) && isOfKit) {
            return KIT;
        }
        // Whoever has set a role has said more than by logging in.
        var ofRole = features.get(teller.role());
        return ofRole == null ? features.get(teller.login()) : ofRole;
    }

    private void nobodys(ObservedWrite write, Findings findings) {
        var teller = write.teller();
        var who = teller == null
                ? "by nobody who says so: triggers were put out of force"
                : "by role %s (login %s, application '%s'), which is no feature's"
                        .formatted(teller.role(), teller.login(), teller.application());
        found(
                Finding.UNASSIGNED,
                write,
                teller == null ? "" : teller.login(),
                "Seen in the write-ahead log: %s on %s, %d rows, %s."
                        .formatted(write.verb(), write.table(), write.rows(), who),
                "Begin the transaction in the feature's code, or give who writes a role of its own.",
                findings);
    }

    private void unforetold(ObservedWrite write, String author, Findings findings) {
        var owner = owners.ofTable(write.table()).orElse("nobody");
        var isFeature = owners.tables().containsKey(author);
        found(
                isFeature ? author : Finding.UNASSIGNED,
                write,
                author,
                "Seen in the write-ahead log: %s on %s (owner: %s), %d rows, in a transaction of %s; its code was not read to do that."
                        .formatted(write.verb(), write.table(), owner, write.rows(), author),
                owner.equals(author)
                        ? "Find the way on which it is written, and add a sample of it to the detector that missed it."
                        : "Let %s hear of it and write in a transaction of its own.".formatted(owner),
                findings);
    }

    private static void found(
            String feature, ObservedWrite write, String by, String fact, String wayOut, Findings findings) {
        findings.add(
                Law.W21,
                feature,
                "%s %s by %s".formatted(write.verb(), write.table(), by.isEmpty() ? "nobody" : by),
                "",
                "%s %s %s Or, if this must wait, add the line to exceptions/%s.txt:"
                        .formatted(fact, Law.W21.why(), wayOut, feature));
    }
}
