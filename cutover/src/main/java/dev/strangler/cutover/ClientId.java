package dev.strangler.cutover;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * Who asks, as far as stickiness goes: a random cookie, or what the client calls itself. No identity, no secret.
 *
 * @param value 1 to 128 letters, digits, {@code . _ -}
 */
public record ClientId(String value) {

    private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9._-]{1,128}");

    public ClientId {
        if (!isWellFormed(value)) {
            throw new IllegalArgumentException(
                    "A client id has 1 to 128 letters, digits, dots, underscores or hyphens.");
        }
    }

    /** Whether the text may be a client id. */
    public static boolean isWellFormed(String value) {
        return SHAPE.matcher(value).matches();
    }

    /**
     * The client's fixed place, 0 to 99, in the order in which clients of that feature move to the service. A client with place n is
     * moved when the share is above n: so a growing share only adds clients, and each feature draws its own order.
     */
    public int placeFor(FeatureName feature) {
        var checksum = new CRC32();
        checksum.update((feature.value() + ':' + value).getBytes(StandardCharsets.UTF_8));
        return (int) (checksum.getValue() % 100);
    }
}
