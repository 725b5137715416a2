package dev.strangler.media.blobs;

import java.io.IOException;

/** More bytes arrived than were allowed; none of them is kept. */
public class TooManyBytes extends IOException {

    private static final long serialVersionUID = 1L;

    TooManyBytes(long limit) {
        super("More than " + limit + " bytes arrived, which is the limit.");
    }
}
