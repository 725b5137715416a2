package dev.strangler.cli.up;

import java.time.Duration;
import java.util.List;

/** Hears how the start goes; called from several threads. */
public interface UpProgress {

    /** The start begins with these parts, none of which runs. */
    void begin(List<String> names);

    /** The part's process runs, or is about to. */
    void starting(String name);

    /** The part can be used. */
    void ready(String name, Duration after);

    /** The part did not come up. */
    void failed(String name);

    /** Anything else worth a line. */
    void note(String text);

    /** Nothing more will come; the screen is given back. */
    void end();
}
