package dev.strangler.cutover;

/**
 * How a feature's reads and writes are sent at this moment.
 *
 * @param feature whose
 * @param reads who answers reads
 * @param writes the one side that accepts writes; only a cutover changes it
 * @param epoch the number of the last handover of writes
 * @param version grows by one with every change of this route; 1 is the route that every feature starts with
 */
public record Route(FeatureName feature, Reads reads, Side writes, Epoch epoch, long version) {

    /** Where every feature starts: the monolith answers and writes. */
    public static Route atMonolith(FeatureName feature) {
        return new Route(feature, new Reads.FromMonolith(), Side.MONOLITH, Epoch.FIRST, 1);
    }

    /** The next version of this route, with that share of clients reading at the service. Writes stay where they are. */
    public Route readingAtService(Percentage share) {
        return reading(Reads.atService(share));
    }

    /** The next version of this route, with reads sent so. Writes stay where they are. */
    public Route reading(Reads other) {
        return new Route(feature, other, writes, epoch, version + 1);
    }

    /** The next version of this route, with that side writing under that epoch. Reads stay where they are. */
    public Route ownedBy(Side owner, Epoch newer) {
        if (!newer.isAfter(epoch)) {
            throw new IllegalArgumentException(
                    "The route of '%s' is at epoch %s already; epoch %s is not after it. Look at the fences with doctor."
                            .formatted(feature, epoch, newer));
        }
        return new Route(feature, reads, owner, newer, version + 1);
    }

    /** The side that answers this client's reads. */
    public Side readsFor(ClientId client) {
        if (reads instanceof Reads.Canary canary) {
            return client.placeFor(feature) < canary.share().value() ? Side.SERVICE : Side.MONOLITH;
        }
        return reads instanceof Reads.FromService ? Side.SERVICE : Side.MONOLITH;
    }
}
