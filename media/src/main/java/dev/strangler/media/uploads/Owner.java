package dev.strangler.media.uploads;

import dev.strangler.side.refusals.Refusal;
import java.text.Normalizer;
import org.jspecify.annotations.Nullable;

/**
 * Who uploads: the same file of the same owner is one asset.
 *
 * @param name plain, at most 100 characters
 */
public record Owner(String name) {

    /** Who uploads when nobody is named. */
    public static final Owner SHOP = new Owner("shop");

    private static final int LONGEST = 100;

    /** @throws Refusal INVALID if it is too long or has what a name must not have */
    public static Owner of(@Nullable String header) {
        if (header == null || header.isBlank()) {
            return SHOP;
        }
        String name = Normalizer.normalize(header.strip(), Normalizer.Form.NFC);
        if (name.length() > LONGEST || !PlainText.isPlain(name)) {
            throw Refusal.invalid("X-Owner", "must have 1 to " + LONGEST + " plain characters");
        }
        return new Owner(name);
    }
}
