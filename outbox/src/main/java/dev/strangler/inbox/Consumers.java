package dev.strangler.inbox;

import java.util.ArrayList;

/** What a consumer's name and topics must be like. */
final class Consumers {

    static final int LONGEST_NAME = 200;
    static final String REBUILD = ".rebuild";

    private Consumers() {}

    static void check(InboxHandler handler) {
        var wrong = new ArrayList<String>();
        var name = handler.consumer();
        if (name.isBlank() || name.length() > LONGEST_NAME) {
            wrong.add("its name '%s' has %d characters, allowed are 1 to %d"
                    .formatted(name, name.length(), LONGEST_NAME));
        }
        if (name.endsWith(REBUILD)) {
            wrong.add("its name '%s' ends in '%s', which is reserved; choose another".formatted(name, REBUILD));
        }
        if (handler.topics().isEmpty()) {
            wrong.add("it names no topic, at least one is needed");
        }
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException("The inbox handler %s cannot be used: %s."
                    .formatted(handler.getClass().getName(), String.join("; ", wrong)));
        }
    }
}
