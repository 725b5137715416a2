package dev.strangler.media.blobs;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
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
 * <p>A file appears whole or not at all: bytes are written apart, forced to the disk, then renamed. Keeping what is there
 * already only renews its age, by which sweepers tell what may still be in use by an upload under way.
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

    /** @throws IOException if the directory is neither there nor can be made */
    public Blobs(Path directory, Clock clock) throws IOException {
        this.directory = directory.toAbsolutePath().normalize();
        this.arriving = this.directory.resolve(ARRIVING);
        this.clock = clock;
        Files.createDirectories(arriving, ownerOnly());
    }

    private FileAttribute<?>[] ownerOnly() {
        boolean posix =
                Path.of("/").getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
    }

    /**
     * Takes the stream to its end, straight to the disk, with its digest on the way.
     *
     * @param limit in bytes
     * @throws TooManyBytes if there are more; the rest is not read
     */
    public Incoming receive(InputStream in, long limit) throws IOException {
        var file = arriving.resolve(UUID.randomUUID().toString());
        var digest = Sha256.digest();
        long size = 0;
        boolean whole = false;
        try (var out = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                size += read;
                if (size > limit) {
                    throw new TooManyBytes(limit);
                }
                digest.update(buffer, 0, read);
                write(out, ByteBuffer.wrap(buffer, 0, read));
            }
            whole = true;
        } finally {
            if (!whole) {
                Files.deleteIfExists(file);
            }
        }
        return new Incoming(file, Sha256.finished(digest), size);
    }

    /** A place for the bytes of that digest to come in, at most so many. */
    Arriving arriving(Sha256 digest, long size) throws IOException {
        return new Arriving(arriving.resolve(UUID.randomUUID().toString()), digest, size);
    }

    /** Keeps what has arrived; it is on the disk for good when this returns. */
    public void keep(Incoming incoming) throws IOException {
        if (renew(incoming.sha256())) {
            return;
        }
        var home = home(incoming.sha256());
        Files.createDirectories(home.getParent(), ownerOnly());
        try (var file = FileChannel.open(incoming.file(), StandardOpenOption.WRITE)) {
            file.force(true);
        }
        // A link, not a move: should the upload have to be tried again, its bytes are still here.
        try {
            Files.createLink(home, incoming.file());
        } catch (FileAlreadyExistsException another) {
            // The same bytes came in by another upload at this moment.
        } catch (UnsupportedOperationException noLinks) {
            var copy = Files.copy(
                    incoming.file(), arriving.resolve(UUID.randomUUID().toString()));
            Files.move(copy, home, StandardCopyOption.ATOMIC_MOVE);
        }
        renew(incoming.sha256());
        forceDirectories(home);
    }

    /** Keeps these bytes; they are on the disk for good when this returns. */
    public Sha256 keep(byte[] bytes) throws IOException {
        try (var incoming = receive(new ByteArrayInputStream(bytes), bytes.length)) {
            keep(incoming);
            return incoming.sha256();
        }
    }

    /** Where the blob lies; empty if there is none of that digest. */
    public Optional<Path> find(Sha256 digest) {
        return Optional.of(home(digest)).filter(Files::isRegularFile);
    }

    /** Makes a blob as young as if it had just come; false if there is none of that digest. */
    public boolean renew(Sha256 digest) throws IOException {
        try {
            Files.setLastModifiedTime(home(digest), FileTime.from(clock.instant()));
            return true;
        } catch (NoSuchFileException gone) {
            return false;
        }
    }

    /** Whether it came, or came again, before that moment; false if there is none of that digest. */
    public boolean isOlder(Sha256 digest, Instant moment) throws IOException {
        try {
            return Files.getLastModifiedTime(home(digest)).toInstant().isBefore(moment);
        } catch (NoSuchFileException gone) {
            return false;
        }
    }

    /** Takes the blob away for good. Whether anybody needs it is the caller's question. */
    public void remove(Sha256 digest) throws IOException {
        Files.deleteIfExists(home(digest));
    }

    /** The digests of all blobs, in no order, found while being read; close it. What comes or goes meanwhile may be in it or not. */
    public Stream<Sha256> all() throws IOException {
        return Files.list(directory)
                .filter(Blobs::isFolderOfBlobs)
                .flatMap(Blobs::children)
                .filter(Blobs::isFolderOfBlobs)
                .flatMap(Blobs::children)
                .map(file -> file.getFileName().toString())
                .filter(Sha256::isDigest)
                .map(Sha256::new);
    }

    private static boolean isFolderOfBlobs(Path path) {
        return path.getFileName().toString().matches("[0-9a-f]{2}");
    }

    private static Stream<Path> children(Path folder) {
        try {
            return Files.list(folder);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Throws away what arrived before that moment and was never kept, as after a crash; answers how many. */
    public int discardArrivedBefore(Instant moment) throws IOException {
        int discarded = 0;
        try (var files = Files.newDirectoryStream(arriving)) {
            for (var file : files) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(moment) && Files.deleteIfExists(file)) {
                    discarded++;
                }
            }
        }
        return discarded;
    }

    private Path home(Sha256 digest) {
        String hex = digest.hex();
        return directory
                .resolve(hex.substring(0, 2))
                .resolve(hex.substring(2, 4))
                .resolve(hex);
    }

    private static void write(FileChannel out, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
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
}
