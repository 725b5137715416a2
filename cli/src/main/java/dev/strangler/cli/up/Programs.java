package dev.strangler.cli.up;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Tells whether two runs were of the same jars. */
final class Programs {

    private static final int DIGEST_BYTES = 16;

    private Programs() {}

    /**
     * A digest of the jars' content, in hexadecimal.
     *
     * @throws UncheckedIOException when one can't be read
     */
    static String digest(List<Path> jars) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (var jar : jars) {
                try (var content = new DigestInputStream(Files.newInputStream(jar), digest)) {
                    content.transferTo(OutputStream.nullOutputStream());
                }
            }
            return HexFormat.of().formatHex(digest.digest(), 0, DIGEST_BYTES);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("Cannot read the jars that run, " + jars, unreadable);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every JVM has SHA-256", impossible);
        }
    }
}
