package dev.strangler.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenTest {

    @TempDir
    Path directory;

    @Test
    void a_token_is_random_long_and_readable_by_its_owner_only() throws IOException {
        var file = directory.resolve("state").resolve("token");
        Token.write(file);
        var first = Files.readString(file);
        assertThat(first.strip()).matches("[A-Za-z0-9_-]{43}");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");

        Token.write(file);
        assertThat(Files.readString(file)).isNotEqualTo(first);
    }
}
