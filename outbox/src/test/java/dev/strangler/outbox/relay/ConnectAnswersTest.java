package dev.strangler.outbox.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ConnectAnswersTest {

    @Test
    void a_failed_task_is_seen_under_a_running_connector() {
        var status = ConnectAnswers.status("""
                {"name":"shop-outbox","connector":{"state":"RUNNING","worker_id":"w:8083"},
                 "tasks":[{"id":0,"state":"FAILED","worker_id":"w:8083","trace":"org.X: \\"no\\"\\n\\tat y"}],"type":"source"}""");
        assertThat(status.state()).isEqualTo("RUNNING");
        assertThat(status.isRunning()).isFalse();
        assertThat(status.isFailed()).isTrue();
        assertThat(status.failure()).isEqualTo("org.X: \"no\"\n\tat y");
    }

    @Test
    void a_connector_without_a_task_does_not_run() {
        assertThat(ConnectAnswers.status("{\"name\":\"n\",\"connector\":{\"state\":\"RUNNING\"},\"tasks\":[]}")
                        .isRunning())
                .isFalse();
    }

    @Test
    void the_offset_is_a_position_in_the_log() {
        assertThat(
                        ConnectAnswers.offset(
                                "{\"offsets\":[{\"partition\":{\"server\":\"s\"},\"offset\":{\"lsn_proc\":29925456,\"lsn\":29926056}}]}"))
                .contains(new RelayOffset(Lsn.parse("0/1C8A2A8")));
        assertThat(ConnectAnswers.offset("{\"offsets\":[]}")).isEmpty();
    }

    @Test
    void what_is_written_is_read_back() {
        var written = new TreeMap<>(Map.of("a", "x\"y\\z\n\u0001é", "b", "", "c", "${routedByValue}"));
        assertThat(Json.object(Json.write(written))).isEqualTo(written);
    }

    @Test
    void an_answer_that_is_no_json_says_what_came() {
        assertThatThrownBy(() -> ConnectAnswers.status("{\"name\": <html>"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Json.object("{\"a\"")).hasMessageContaining("{\"a\"");
    }
}
