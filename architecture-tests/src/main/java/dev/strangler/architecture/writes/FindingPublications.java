package dev.strangler.architecture.writes;

import dev.strangler.architecture.flow.Call;
import dev.strangler.architecture.flow.MethodId;
import dev.strangler.architecture.flow.Place;
import dev.strangler.architecture.sql.Holes;
import java.util.Set;
import org.objectweb.asm.Type;

/** Finds which topics are sent to, and which aggregates' events are appended to the outbox. */
final class FindingPublications {

    /** How many methods a name may pass through on its way. */
    private static final int FARTHEST = 6;

    private static final String EVENT = "dev/strangler/outbox/OutboxEvent";
    private static final Set<String> TEMPLATES =
            Set.of("org/springframework/kafka/core/KafkaTemplate", "org/springframework/kafka/core/KafkaOperations");
    private static final String RECORD = "org/apache/kafka/clients/producer/ProducerRecord";

    private final Calls calls;
    private final Facts facts;

    FindingPublications(Calls calls, Facts facts) {
        this.calls = calls;
        this.facts = facts;
    }

    /** Whether the call publishes, its name being the first argument. */
    static boolean publishes(Call call) {
        return kind(call) != null;
    }

    private static Publication.@org.jspecify.annotations.Nullable Kind kind(Call call) {
        if (call.arguments().isEmpty()
                || !Type.getArgumentTypes(call.descriptor())[0].getDescriptor().equals("Ljava/lang/String;")) {
            return null;
        }
        boolean isConstructor = call.name().equals("<init>");
        if (call.owner().equals(EVENT) && isConstructor) {
            return Publication.Kind.AGGREGATE;
        }
        boolean sends = call.owner().equals(RECORD) && isConstructor
                || TEMPLATES.contains(call.owner())
                        && (call.name().equals("send") || call.name().equals("setDefaultTopic"));
        return sends ? Publication.Kind.TOPIC : null;
    }

    void find() {
        for (var call : calls.all()) {
            var kind = kind(call);
            if (kind != null) {
                facts.match(Channel.TOPIC);
                facts.together(() -> call.arguments()
                        .get(0)
                        .possibleTexts()
                        .forEach(text -> name(call.in(), call.place(), kind, text, 0)));
            }
        }
    }

    private void name(MethodId in, Place place, Publication.Kind kind, String text, int depth) {
        boolean isParameter = text.length() == 1 && Holes.isParameter(text.charAt(0));
        var callers = isParameter && depth < FARTHEST ? calls.callersOf(in) : java.util.List.<Call>of();
        if (!callers.isEmpty()) {
            int index = Holes.indexOf(text.charAt(0));
            callers.stream()
                    .filter(caller -> index < caller.arguments().size())
                    .forEach(caller -> caller.arguments()
                            .get(index)
                            .possibleTexts()
                            .forEach(passed -> name(caller.in(), caller.place(), kind, passed, depth + 1)));
        } else if (text.chars().anyMatch(c -> Holes.isHole(c) || c == Holes.VALUE)) {
            facts.unreadable(
                    place,
                    Channel.TOPIC,
                    Holes.told(text),
                    kind == Publication.Kind.TOPIC
                            ? "the topic is put together at run time"
                            : "the aggregate type, which decides the topic, is put together at run time");
        } else {
            facts.publication(place, kind, text);
        }
    }
}
