package dev.strangler.architecture.laws;

import dev.strangler.architecture.writes.Publication;
import dev.strangler.architecture.writes.Transaction;
import dev.strangler.architecture.writes.Writes;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Judges who says what to other contexts: W14, W15; and which transactions could not survive a parting: W16. */
final class JudgingPublications {

    private final Owners owners;
    private final Writes writes;
    private final Findings findings;

    JudgingPublications(Owners owners, Writes writes, Findings findings) {
        this.owners = owners;
        this.writes = writes;
        this.findings = findings;
    }

    void judge() {
        writes.publications().forEach(this::judge);
        writes.transactions().forEach(this::judge);
    }

    private void judge(Publication publication) {
        var packageName = publication.place().packageName();
        var writer = packageName == null ? null : owners.ofPackage(packageName);
        boolean isTopic = publication.kind() == Publication.Kind.TOPIC;
        var owner = isTopic ? owners.ofTopic(publication.name()) : owners.ofAggregate(publication.name());
        if (owner == null || owner.equals(writer)) {
            return;
        }
        var law = isTopic ? Law.W15 : Law.W14;
        var file = writer == null ? Finding.UNASSIGNED : writer;
        findings.add(
                law,
                file,
                publication.place().key() + " " + publication.name(),
                "",
                "%s %s %s (owner: %s) in %s. %s Let %s say it, or say a thing of your own. Or, if this must wait, add the line to exceptions/%s.txt:"
                        .formatted(
                                writer == null ? "Code of no feature" : writer,
                                isTopic ? "sends to topic" : "appends events of",
                                publication.name(),
                                owner,
                                publication.place().told(),
                                law.why(),
                                owner,
                                file));
    }

    private void judge(Transaction transaction) {
        var byFeature = new TreeMap<String, TreeSet<String>>();
        transaction.tables().forEach((table, place) -> {
            // What is written by whom it does not belong to is said where it is written.
            var writer = place.packageName() == null ? null : owners.ofPackage(place.packageName());
            owners.ofTable(table)
                    .filter(owner -> owner.equals(writer))
                    .ifPresent(owner -> byFeature
                            .computeIfAbsent(owner, unknown -> new TreeSet<>())
                            .add(table));
        });
        if (byFeature.size() < 2) {
            return;
        }
        var packageName = transaction.place().packageName();
        var feature = packageName == null ? null : owners.ofPackage(packageName);
        var file = feature == null ? Finding.UNASSIGNED : feature;
        findings.add(
                Law.W16,
                file,
                transaction.place().key(),
                byFeature.toString(),
                "The transaction that %s begins writes %s. %s Let the second feature hear of it by an event, in a transaction of its own. Or, if this must wait, add the line to exceptions/%s.txt:"
                        .formatted(transaction.place().told(), told(byFeature), Law.W16.why(), file));
    }

    private static String told(Map<String, TreeSet<String>> byFeature) {
        return String.join(
                " and ",
                byFeature.entrySet().stream()
                        .map(entry -> String.join(", ", entry.getValue()) + " of " + entry.getKey())
                        .toList());
    }
}
