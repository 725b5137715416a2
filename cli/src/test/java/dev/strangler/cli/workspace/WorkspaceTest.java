package dev.strangler.cli.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.strangler.sandbox.ProcessIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceTest {

    @TempDir
    Path directory;

    @Test
    void the_state_lies_in_the_project_unless_said_otherwise() {
        assertThat(Workspace.of(Map.of("STRANGLER_HOME", "/p")).state()).isEqualTo(Path.of("/p/.strangler"));
        assertThat(Workspace.of(Map.of("STRANGLER_HOME", "/p", "STRANGLER_STATE", "/s"))
                        .state())
                .isEqualTo(Path.of("/s"));
    }

    @Test
    void the_offset_of_what_runs_goes_before_the_one_that_is_remembered() {
        var files = new StateFiles(new Workspace(directory, directory.resolve("state")));
        assertThat(files.addresses().facade()).isEqualTo(8080);
        files.write(new Settings(1000));
        assertThat(files.addresses().facade()).isEqualTo(9080);
        files.write(new Run(2000, Instant.EPOCH, ProcessIdentity.current()));
        assertThat(files.addresses().facade()).isEqualTo(10080);
        assertThat(files.run()).get().matches(Run::isSupervised);
        files.forgetRun();
        assertThat(files.addresses().facade()).isEqualTo(9080);
    }

    @Test
    void a_broken_file_is_named() throws IOException {
        var workspace = new Workspace(directory, directory);
        Files.writeString(workspace.runFile(), "{");
        assertThatThrownBy(() -> new StateFiles(workspace).run())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("run.json cannot be read");
    }

    @Test
    void an_offset_that_leaves_the_range_of_ports_is_refused() {
        assertThatThrownBy(() -> new Addresses(46_001)).hasMessageContaining("between 0 and 46000");
        assertThatThrownBy(() -> new Addresses(-1)).hasMessageContaining("--port-offset is -1");
    }
}
