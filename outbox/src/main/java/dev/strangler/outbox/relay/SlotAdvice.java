package dev.strangler.outbox.relay;

/** What to tell an operator whose slot can no longer deliver everything. */
final class SlotAdvice {

    private static final String WAY_OUT =
            " Events committed since then were not relayed and would be skipped in silence. "
                    + "Make the slot anew and append them again under their old ids, readers drop what they had: "
                    + "RelayRecovery.recover() or the steps of docs/runbooks/the-relay-is-behind.md.";

    private SlotAdvice() {}

    static String gone(String slot) {
        return "Replication slot %s is gone, but it was there before.".formatted(slot) + WAY_OUT;
    }

    static String lost(String slot, String reason) {
        return "Replication slot %s is lost (%s): the server has thrown away log that it needed."
                        .formatted(slot, reason)
                + WAY_OUT;
    }

    static String skipped(String slot, String fact) {
        return "Replication slot %s has passed events that Kafka does not have: %s.".formatted(slot, fact) + WAY_OUT;
    }
}
