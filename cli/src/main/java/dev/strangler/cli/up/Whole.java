package dev.strangler.cli.up;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/** The system that a command works on, wherever it runs: as processes of this machine, or in containers. */
public interface Whole {

    /** How each part is right now, in the order of their dependence. */
    List<PartState> states();

    /**
     * The parts of which a rehearsal of a feature may end one.
     *
     * @param service that takes the feature over
     */
    List<String> victims(String service);

    /**
     * A part to end and to start again.
     *
     * @throws IllegalArgumentException if there is none of this name
     */
    Mortal mortal(String name);

    /** One more façade beside the first, over the same control database; empty where there is no room for one. */
    default Optional<Another> anotherFacade() {
        return Optional.empty();
    }

    /** A digest of the programs that run, the same as long as none of them is built anew; empty where that is not known. */
    default String programs() {
        return "";
    }

    /** Where the public is answered. */
    URI facade();

    /** Where operators are answered. */
    URI control();

    /**
     * Where a side answers, past the façade.
     *
     * @param name {@code monolith}, {@code dam} or {@code pim}
     */
    URI side(String name);

    /** Where Kafka clients of this machine ask first: {@code host:port}. */
    String kafka();

    /** A part that can be ended without warning. */
    interface Mortal {

        /** Ends it as a power cut would, and returns when it is gone. */
        void kill();

        /** Starts it on the data that it left, and returns when it answers. */
        void start();
    }

    /** A second façade, there for as long as somebody wants it. */
    interface Another {

        /** Where it answers the public. */
        URI facade();

        /** Starts it anew, and returns when it answers. */
        void start();

        /** Ends it in good order, if it runs. */
        void stop();
    }
}
