package dev.strangler.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The classes of a child JVM as its predecessor had loaded and verified them (class data sharing). The first run of a
 * class path on a machine records them when it ends; later ones start in less than two thirds of the CPU time. Only
 * ever a help: without it, or when the JVM does not accept it, the start is slow and right.
 */
final class ClassArchive {

    private static final Logger LOG = LoggerFactory.getLogger(ClassArchive.class);
    private static final Duration TO_RECORD = Duration.ofSeconds(20);

    private final Path file;

    private ClassArchive(Path file) {
        this.file = file;
    }

    /** The archive of one program on one class path under the Java that runs this JVM. */
    static ClassArchive of(String program, List<Path> classPath) {
        return new ClassArchive(Unpacked.ofThisUser().cache().resolve("%s-%s.jsa".formatted(program, key(classPath))));
    }

    List<String> options() {
        return exists()
                ? List.of("-Xshare:auto", "-XX:SharedArchiveFile=" + file)
                : List.of("-Xshare:auto", "-XX:+RecordDynamicDumpInfo");
    }

    boolean exists() {
        return Files.isReadable(file);
    }

    /** Records what the process has loaded; it stands still meanwhile, so this belongs to its end. */
    void record(long pid) {
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        if (exists() || !Files.isExecutable(jcmd)) {
            return;
        }
        try {
            Files.createDirectories(file.getParent());
            var half = file.resolveSibling("%s.%d.half".formatted(file.getFileName(), pid));
            var recording = new ProcessBuilder(
                            jcmd.toString(), Long.toString(pid), "VM.cds", "dynamic_dump", half.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            var ended = recording.waitFor(TO_RECORD.toMillis(), TimeUnit.MILLISECONDS);
            recording.destroyForcibly();
            if (ended && recording.exitValue() == 0 && Files.exists(half)) {
                Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
            }
            Files.deleteIfExists(half);
        } catch (IOException e) {
            LOG.debug("No class archive this time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The JVM refuses an archive whose jars have changed since; so do we, by another name. */
    private static String key(List<Path> classPath) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update((System.getProperty("java.home") + System.getProperty("java.vm.version"))
                    .getBytes(StandardCharsets.UTF_8));
            for (var jar : classPath) {
                digest.update("%s %d %s"
                        .formatted(jar, Files.size(jar), Files.getLastModifiedTime(jar))
                        .getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest()).substring(0, 16);
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new SandboxException("Cannot read the jars of the broker: %s".formatted(e), e);
        }
    }
}
