package dev.strangler.side.idempotency;

import static java.util.Objects.requireNonNull;

import dev.strangler.side.refusals.Refusal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What a client asked for, apart from the content itself. Controllers take it as a parameter.
 *
 * @param feature which feature it writes
 * @param operation method and path, like {@code POST /api/products}
 * @param key the client's {@code Idempotency-Key}; null if it sent none
 * @param content digest of the content, by which a repeated request is told from another one with the same key
 * @param ifMatch which versions the client wants to change
 */
public record Command(
        String feature, String operation, @Nullable String key, String content, IfMatch ifMatch) {

    /** Longest key accepted, in characters; a UUID has 36. */
    public static final int MAX_KEY_LENGTH = 200;

    public Command {
        requireNonNull(feature, "feature");
        requireNonNull(operation, "operation");
        requireNonNull(content, "content");
        requireNonNull(ifMatch, "ifMatch");
        if (key != null && !key.matches("[\\x21-\\x7e]{1," + MAX_KEY_LENGTH + "}")) {
            throw Refusal.invalid(
                    "Idempotency-Key",
                    "must be 1 to " + MAX_KEY_LENGTH + " visible ASCII characters without spaces, like a UUID");
        }
    }

    /**
     * The same command over content that only its controller can digest, like an upload.
     *
     * @param parts everything that makes the request what it is, like the file's digest, its name and its tags
     */
    public Command withContent(Object... parts) {
        var digest = sha256();
        for (Object part : parts) {
            byte[] bytes = String.valueOf(part).getBytes(StandardCharsets.UTF_8);
            // The length in front keeps ("ab", "c") apart from ("a", "bc").
            digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
            digest.update(bytes);
        }
        return new Command(feature, operation, key, HexFormat.of().formatHex(digest.digest()), ifMatch);
    }

    /**
     * One digest over everything that two requests with one key must have in common. Both sides must come to the same, since
     * answers are carried over with the ownership.
     */
    String fingerprint() {
        return withContent(operation, "IfMatch[tags=" + ifMatch.tags() + "]", content)
                .content();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
    }
}
