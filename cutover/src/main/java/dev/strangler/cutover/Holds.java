package dev.strangler.cutover;

import java.time.Duration;
import java.util.List;

/** Which features' writes wait at the façades. Stored for all instances; a hold that nobody renews expires. */
public interface Holds {

    /**
     * A hold.
     *
     * @param feature whose writes
     * @param operation in whose name
     * @param stage what instances are to do
     */
    record Hold(FeatureName feature, OperationId operation, Stage stage) {

        /** What an instance reports once it obeys this. */
        public String acknowledgement() {
            return operation.value() + ' ' + stage;
        }
    }

    /** What instances are to do. */
    enum Stage {
        /** Look every few milliseconds, since something is about to change; writes go on. */
        ARMED,
        /** Keep writes waiting, unread. */
        HELD
    }

    /** The holds that have not expired, by the control database's clock. */
    List<Hold> inForce();

    /**
     * Places the hold, or changes and renews the one of the same operation. One of another operation that is still in force stays.
     *
     * @return whether the hold is in force now
     */
    boolean place(Hold hold, Duration lifetime);

    /** Removes what that operation holds of the feature; nothing happens when that is nothing. */
    void remove(FeatureName feature, OperationId operation);
}
