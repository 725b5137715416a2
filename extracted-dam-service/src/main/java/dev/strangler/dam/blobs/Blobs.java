package dev.strangler.dam.blobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * The blobs, each in a file that is named by its digest, two levels deep: {@code ab/cd/abcd…}.
 *
 * <p>A file appears whole or not at all: bytes are written apart, verified, forced to the disk, then renamed. Wanting what
 * is there already renews its age, by which sweeping tells what an event under way may need.
 */
@Component
public class Blobs {

    private static final String ARRIVING = "arriving";

    private final Path directory;
    private final Path arriving;
    private final Clock clock;

    @Autowired
    Blobs(BlobProperties properties, Clock clock) throws IOException {
        this(properties.directory(), clock);
    }

    /**
     * @throws IOException if the directory is neither there nor can be made
     */
    Blobs(Path directory, Clock clock) throws IOException {
        this.directory = directory.toAbsolutePath().normalize();
        this.arriving = this.directory.resolve(ARRIVING);
        this.clock = clock;
        Files.createDirectories(arriving, ownerOnly());
    }

    /** Where the blob lies; empty if there is none of that digest. */
    public Optional<Path> find(Sha256 digest) {
        return Optional.of(home(digest)).filter(Files::isRegularFile);
    }

    /** Makes the blob as young as if it had just come; false if there is none of that digest. */
    boolean renew(Sha256 digest) throws IOException {
        try {
            Files.setLastModifiedTime(home(digest), FileTime.from(clock.instant()));
            return true;
        } catch (NoSuchFileException gone) {
            return false;
        }
    }

    /** A place for the bytes of that digest to come in. */
    Arriving arriving(Sha256 digest, long size) throws IOException {
        return new Arriving(arriving.resolve(UUID.randomUUID().toString()), digest, size);
    }

    /** Gives the file its name; it is on the disk for good when this returns. The bytes in it must be verified and forced. */
    void keep(Path file, Sha256 digest) throws IOException {
        var home = home(digest);
        Files.createDirectories(home.getParent(), ownerOnly());
        Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
        Files.move(file, home, StandardCopyOption.ATOMIC_MOVE);
        forceDirectories(home);
    }

    /** The digests of all blobs, in no order, found while being read; close it. What comes or goes meanwhile may be in it or not. */
    Stream<Sha256> all() throws IOException {
        return Files.list(directory)
                .filter(folder -> !folder.equals(arriving))
                .flatMap(Blobs::files)
                .map(path -> path.getFileName().toString())
                .filter(Sha256::isDigest)
                .map(Sha256::new);
    }

    private static Stream<Path> files(Path folder) {
        try {
            return Files.walk(folder, 2);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Takes the blob away for good if it was last wanted before that moment; answers whether it did. */
    boolean removeIfOlder(Sha256 digest, Instant moment) throws IOException {
        try {
            boolean older = Files.getLastModifiedTime(home(digest)).toInstant().isBefore(moment);
            return older && Files.deleteIfExists(home(digest));
        } catch (NoSuchFileException gone) {
            return false;
        }
    }

    /** Throws away what began to arrive before that moment and never did, as after a crash. */
    void discardArrivedBefore(Instant moment) throws IOException {
        try (var files = Files.newDirectoryStream(arriving)) {
            for (var file : files) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(moment)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private Path home(Sha256 digest) {
        String hex = digest.hex();
        return directory
                .resolve(hex.substring(0, 2))
                .resolve(hex.substring(2, 4))
                .resolve(hex);
    }

    /** A new name is only safe once the directories that hold it are on the disk. */
    private void forceDirectories(Path home) throws IOException {
        for (var folder = home.getParent();
                folder != null && folder.startsWith(directory);
                folder = folder.getParent()) {
            try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private static FileAttribute<?>[] ownerOnly() {
        boolean posix =
                Path.of("/").getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
    }
}
