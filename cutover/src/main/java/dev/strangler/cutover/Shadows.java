package dev.strangler.cutover;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What comparing reads has come to, stored durably and counted over all façades. Counting begins anew with each version of the route that
 * begins a shadowing.
 */
public interface Shadows {

    /** How many samples are kept of one field of one kind of request. */
    int MOST_SAMPLES = 5;

    /** How many kinds of requests are told apart per feature. */
    int MOST_ENDPOINTS = 100;

    /**
     * Compared reads of one kind of request.
     *
     * @param compared all that both sides answered
     * @param equal those that were alike at once
     * @param late those that were alike a moment later: a change was under way
     * @param differed those that stayed different in at least one field that is no noise
     * @param failed those to which the control gave no answer, so that nothing can be said
     * @param dropped those that were not sent, since too many waited
     */
    record Tally(long compared, long equal, long late, long differed, long failed, long dropped) {

        /** Nothing yet. */
        public static final Tally NONE = new Tally(0, 0, 0, 0, 0, 0);

        /** The sum of both. */
        public Tally plus(Tally other) {
            return new Tally(
                    compared + other.compared,
                    equal + other.equal,
                    late + other.late,
                    differed + other.differed,
                    failed + other.failed,
                    dropped + other.dropped);
        }
    }

    /**
     * One field of one answer that differed.
     *
     * @param request method, path and query
     * @param control what the monolith said, shortened
     * @param candidate what the service said, shortened
     */
    record Sample(
            String field,
            String request,
            @Nullable String control,
            @Nullable String candidate,
            Instant seenAt) {}

    /**
     * What is known of one kind of request.
     *
     * @param name method and path, ids left out, such as {@code GET /api/assets/{id}}
     * @param fields how often each field differed
     * @param samples a few, newest first
     */
    record Endpoint(String name, Tally tally, Map<String, Long> fields, List<Sample> samples) {

        public Endpoint {
            fields = Map.copyOf(fields);
            samples = List.copyOf(samples);
        }
    }

    /**
     * What is known of a feature.
     *
     * @param since the version of the route that began it
     */
    record Report(FeatureName feature, long since, List<Endpoint> endpoints) {

        public Report {
            endpoints = List.copyOf(endpoints);
        }

        /** The sum over all kinds of requests. */
        public Tally total() {
            return endpoints.stream().map(Endpoint::tally).reduce(Tally.NONE, Tally::plus);
        }
    }

    /** Adds to what is known of the feature since that version of its route. */
    void add(FeatureName feature, long since, Endpoint seen);

    /** What is known of the newest shadowing of the feature; without endpoints when there was none. */
    Report newest(FeatureName feature);
}
