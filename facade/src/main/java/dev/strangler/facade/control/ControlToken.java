package dev.strangler.facade.control;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** The one token of the control API. Only its digest is kept, and compared in constant time. */
public final class ControlToken {

    private static final int SHORTEST = 16;

    private final byte[] digest;

    private ControlToken(byte[] digest) {
        this.digest = digest;
    }

    /**
     * Reads the token from the file, or takes the text.
     *
     * @throws IllegalStateException when there is neither, or it is too short to be a secret
     */
    static ControlToken of(@Nullable String file, @Nullable String text) {
        var token = file != null && !file.isBlank() ? read(Path.of(file)) : text == null ? "" : text;
        if (token.strip().length() < SHORTEST) {
            throw new IllegalStateException(
                    ("The control API has no token of at least %d characters, and it never answers without"
                                    + " one. Set STRANGLER_TOKEN_FILE to a file that only this user may read, or STRANGLER_TOKEN.")
                            .formatted(SHORTEST));
        }
        return new ControlToken(digest(token.strip()));
    }

    /** Whether this is the token. */
    public boolean matches(String presented) {
        return MessageDigest.isEqual(digest, digest(presented));
    }

    /**
     * A weaker token that whoever has this one can hand out: it is the same for the same purpose as long as this token stays, and
     * nobody gets from it to this token or to that of another purpose.
     */
    public String derived(String purpose) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(digest, "HmacSHA256"));
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java has HMAC-SHA-256.", impossible);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new IllegalStateException(
                    "The token file %s can't be read (%s). Correct STRANGLER_TOKEN_FILE.".formatted(file, unreadable));
        }
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
