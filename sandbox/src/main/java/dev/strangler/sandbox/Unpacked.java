package dev.strangler.sandbox;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * Archives that are unpacked once per user and content. The directory carries the digest of the archive and appears by
 * one rename, so two JVMs may do it at the same time and a killed one leaves nothing half done under the final name.
 */
final class Unpacked {

    private static final int EXECUTABLE = 0100;

    private final Path cache;

    Unpacked(Path cache) {
        this.cache = cache;
    }

    /** Opens the archive anew; the second call reads it only if the first did not find it unpacked. */
    interface Archive {
        InputStream open() throws IOException;
    }

    /** Takes the compression off. */
    interface Decompression {
        InputStream apply(InputStream compressed) throws IOException;
    }

    static Unpacked ofThisUser() {
        var said = System.getProperty("strangler.sandbox.cache", "");
        return new Unpacked(
                said.isBlank()
                        ? Path.of(System.getProperty("user.home"), ".cache", "strangler-sandbox")
                        : Path.of(said));
    }

    Path cache() {
        return cache;
    }

    /** The directory that holds the archive's files. */
    Path tar(String name, Archive archive, Decompression decompression) {
        try {
            var directory = cache.resolve(name + "-" + digest(archive));
            if (!Files.isDirectory(directory)) {
                unpack(directory, archive, decompression);
            }
            return directory;
        } catch (IOException e) {
            throw new SandboxException(
                    "Cannot unpack %s to %s: %s. Choose another place with -Dstrangler.sandbox.cache=DIR."
                            .formatted(name, cache, e),
                    e);
        }
    }

    private void unpack(Path directory, Archive archive, Decompression decompression) throws IOException {
        Files.createDirectories(cache);
        var half = Files.createTempDirectory(cache, "half-");
        Files.setPosixFilePermissions(half, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (var tar =
                new TarArchiveInputStream(decompression.apply(new BufferedInputStream(archive.open(), 1 << 16)))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                write(half, entry, tar);
            }
        }
        try {
            Files.move(half, directory, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (!Files.isDirectory(directory)) {
                throw e;
            }
            Directories.delete(half);
        }
    }

    private static void write(Path root, TarArchiveEntry entry, InputStream content) throws IOException {
        var target = root.resolve(entry.getName()).normalize();
        if (!target.startsWith(root)) {
            throw new IOException("entry %s leads out of the archive's directory".formatted(entry.getName()));
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else if (entry.isLink()) {
            Files.createLink(target, root.resolve(entry.getLinkName()).normalize());
        } else {
            Files.copy(content, target);
            if ((entry.getMode() & EXECUTABLE) != 0) {
                Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
    }

    private static String digest(Archive archive) throws IOException {
        try (var stream = new DigestInputStream(archive.open(), MessageDigest.getInstance("SHA-256"))) {
            stream.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(stream.getMessageDigest().digest()).substring(0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
