package dev.strangler.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnpackedIT {

    @TempDir
    Path cache;

    @Test
    void an_archive_is_unpacked_once_and_found_again() throws IOException {
        var archive = tar("bin/program", "content");
        var decompressed = new AtomicInteger();

        for (var time = 0; time < 2; time++) {
            var directory = new Unpacked(cache).tar("program", () -> new ByteArrayInputStream(archive), stream -> {
                decompressed.incrementAndGet();
                return stream;
            });
            assertThat(directory.resolve("bin/program")).hasContent("content").isExecutable();
        }

        assertThat(decompressed).hasValue(1);
    }

    @Test
    void another_content_lies_elsewhere() throws IOException {
        assertThat(unpack(tar("file", "one"))).isNotEqualTo(unpack(tar("file", "two")));
    }

    @Test
    void an_entry_that_leads_out_of_the_directory_is_refused() throws IOException {
        var archive = tar("../escaped", "content");
        assertThatThrownBy(() -> unpack(archive))
                .isInstanceOf(SandboxException.class)
                .hasMessageContaining("leads out");
        assertThat(cache.resolve("escaped")).doesNotExist();
    }

    @Test
    void an_archive_torn_in_the_middle_leaves_nothing_under_the_final_name() throws IOException {
        var whole = tar("file", "x".repeat(5000));
        var torn = Arrays.copyOf(whole, 2000);
        assertThatThrownBy(() -> unpack(torn)).isInstanceOf(SandboxException.class);
        try (var names = Files.list(cache)) {
            assertThat(names.map(name -> name.getFileName().toString())).noneMatch(name -> name.startsWith("program"));
        }
    }

    private Path unpack(byte[] archive) {
        return new Unpacked(cache).tar("program", () -> new ByteArrayInputStream(archive), stream -> stream);
    }

    private static byte[] tar(String name, String content) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(bytes)) {
            var entry = new TarArchiveEntry(name);
            entry.setSize(content.length());
            entry.setMode(0100755);
            tar.putArchiveEntry(entry);
            tar.write(content.getBytes(StandardCharsets.UTF_8));
            tar.closeArchiveEntry();
        }
        return bytes.toByteArray();
    }
}
