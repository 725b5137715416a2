package dev.strangler.cli.rehearse;

import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/**
 * Where the time of one handover went, ms.
 *
 * @param ready until no gate said no
 * @param there from its beginning until it stood where a part was to be killed; 0 without a fault
 * @param restart until the part that was killed answered again, while the handover went on; likewise
 * @param over from then, or from its beginning, until it had ended and clients wrote as before
 */
record Spent(long ready, long there, long restart, long over) {

    static final Spent NOTHING = new Spent(0, 0, 0, 0);

    long all() {
        return ready + there + restart + over;
    }

    /** For people: in all, and of what. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%.1f s (%.1f until no gate said no, %.1f until it stood there, %.1f until the part answered again, %.1f until all was over)",
                all() / 1e3,
                ready / 1e3,
                there / 1e3,
                restart / 1e3,
                over / 1e3);
    }

    /** The mean of some; of none it is {@link #NOTHING}. */
    static Spent mean(List<Spent> all) {
        return new Spent(
                mean(all, Spent::ready), mean(all, Spent::there), mean(all, Spent::restart), mean(all, Spent::over));
    }

    private static long mean(List<Spent> all, ToLongFunction<Spent> part) {
        return Math.round(all.stream().mapToLong(part).average().orElse(0));
    }

    /** Measures one handover, stretch by stretch. */
    static final class Watch {

        private long from = System.nanoTime();

        /** Milliseconds since the last time that it was asked. */
        long lap() {
            var now = System.nanoTime();
            var millis = (now - from) / 1_000_000;
            from = now;
            return millis;
        }
    }
}
