package dev.strangler.media.blobs;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The digest of some bytes, and their name in the store.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record Sha256(String hex) {

    private static final Pattern SYNTAX = Pattern.compile("[0-9a-f]{64}");

    /** @throws IllegalArgumentException if it is no digest; so no other text ever becomes a path */
    public Sha256 {
        if (!isDigest(hex)) {
            throw new IllegalArgumentException("A SHA-256 digest has 64 lower-case hexadecimal digits.");
        }
    }

    /** Whether the text has the syntax of a digest. */
    public static boolean isDigest(String text) {
        return SYNTAX.matcher(text).matches();
    }

    /** The digest of these bytes. */
    public static Sha256 of(byte[] bytes) {
        return new Sha256(HexFormat.of().formatHex(digest().digest(bytes)));
    }

    static Sha256 finished(MessageDigest digest) {
        return new Sha256(HexFormat.of().formatHex(digest.digest()));
    }

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
    }

    @Override
    public String toString() {
        return hex;
    }
}
