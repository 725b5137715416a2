package dev.strangler.media.imaging;

import java.io.IOException;

/** Walks through one type's structure from the first byte to the last, in bounded memory, decoding no pixel. */
interface Anatomist {

    /** @throws dev.strangler.side.refusals.Refusal UNPROCESSABLE if it is cut off, broken, too large, or goes on after its end */
    Anatomy examine(Cursor file) throws IOException;
}
