package dev.strangler.facade.written;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A version of an aggregate that a client has written.
 *
 * @param aggregateType as the event has it
 * @param aggregateId likewise
 * @param version grows with every change of the aggregate
 */
public record Written(String aggregateType, String aggregateId, long version) {

    private static final Pattern SHAPE =
            Pattern.compile("([A-Za-z][A-Za-z0-9]{0,39}):([A-Za-z0-9._-]{1,64}):([0-9]{1,18})");

    /** The text {@code type:id:version}; empty when it is none that the façade can keep in a cookie. */
    public static Optional<Written> parse(String text) {
        var matcher = SHAPE.matcher(text);
        return matcher.matches()
                ? Optional.of(new Written(matcher.group(1), matcher.group(2), Long.parseLong(matcher.group(3))))
                : Optional.empty();
    }

    /** What a side's header {@code X-Strangler-Written} says. */
    public static Header header(Iterable<String> values) {
        var known = new ArrayList<Written>();
        var isComplete = true;
        for (var value : values) {
            for (var text : value.split(",")) {
                var written = parse(text.strip());
                written.ifPresent(known::add);
                isComplete &= written.isPresent();
            }
        }
        return new Header(known, isComplete);
    }

    /**
     * The parsed header.
     *
     * @param known what could be read
     * @param isComplete whether that is all
     */
    public record Header(List<Written> known, boolean isComplete) {

        public Header {
            known = List.copyOf(known);
        }
    }

    boolean isSameAggregate(Written other) {
        return aggregateType.equals(other.aggregateType) && aggregateId.equals(other.aggregateId);
    }

    @Override
    public String toString() {
        return aggregateType + ':' + aggregateId + ':' + version;
    }
}
