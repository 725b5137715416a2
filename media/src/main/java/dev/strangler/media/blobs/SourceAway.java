package dev.strangler.media.blobs;

import org.jspecify.annotations.Nullable;

/** The source of the blobs is down, too slow, or in trouble of its own. The blobs may be fine: ask again later. */
public class SourceAway extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SourceAway(String fact, @Nullable Throwable cause) {
        super(fact, cause);
    }
}
