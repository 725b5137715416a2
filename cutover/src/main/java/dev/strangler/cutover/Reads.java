package dev.strangler.cutover;

/** How a feature's reads are sent. */
public sealed interface Reads permits Reads.FromMonolith, Reads.Shadowed, Reads.Canary, Reads.FromService {

    /** The monolith answers all reads. */
    record FromMonolith() implements Reads {}

    /**
     * The monolith answers all reads. That share of them is also sent to the service, whose answers are compared and thrown away.
     *
     * @param share more than none
     */
    record Shadowed(Percentage share) implements Reads {
        public Shadowed {
            if (share.equals(Percentage.NONE)) {
                throw new IllegalArgumentException("A shadow of %s is none: use FromMonolith.".formatted(share));
            }
        }
    }

    /**
     * The service answers the clients of that share, the same ones each time; the monolith answers the others.
     *
     * @param share more than none, less than all: those have types of their own
     */
    record Canary(Percentage share) implements Reads {
        public Canary {
            if (share.equals(Percentage.NONE) || share.equals(Percentage.ALL)) {
                throw new IllegalArgumentException(
                        "A canary of %s is none: use FromMonolith or FromService.".formatted(share));
            }
        }
    }

    /** The service answers all reads. */
    record FromService() implements Reads {}

    /** The reads with that share of clients at the service. */
    static Reads atService(Percentage share) {
        if (share.equals(Percentage.NONE)) {
            return new FromMonolith();
        }
        return share.equals(Percentage.ALL) ? new FromService() : new Canary(share);
    }

    /** The reads that the monolith answers, with that share also sent to the service. */
    static Reads shadowing(Percentage share) {
        return share.equals(Percentage.NONE) ? new FromMonolith() : new Shadowed(share);
    }

    /** The share of reads that are also sent to the service. */
    default Percentage shadowShare() {
        return this instanceof Shadowed shadowed ? shadowed.share() : Percentage.NONE;
    }

    /** The share of clients that the service answers. */
    default Percentage serviceShare() {
        if (this instanceof Canary canary) {
            return canary.share();
        }
        return this instanceof FromService ? Percentage.ALL : Percentage.NONE;
    }
}
