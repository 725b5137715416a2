package dev.strangler.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each bad file and each bad name gets a clear refusal over real HTTP, and the shop goes on as if nothing had been. */
public interface HostileUploadsContract extends AssetsOwner {

    AtomicLong SEED = new AtomicLong(1000);

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.strangler.media.HostileFiles#all")
    default void a_bad_file_is_refused_with_a_clear_problem(HostileFiles.Bad bad) {
        var answer = refused(UploadRequest.of(bad.fileName(), bad.contentType(), bad.content()));

        assertThat(answer.status()).as(answer.toString()).isEqualTo(bad.status());
        assertProblem(answer, bad.says());
        assertThat(answer.text()).as(bad.what()).isEqualTo(Refusals.of(bad.what(), answer.text()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.strangler.media.HostileNames#all")
    default void a_bad_name_is_refused_with_a_clear_problem(HostileNames.Bad bad) {
        var answer = refused(UploadRequest.named(bad.fragment(), "image/png", Pictures.png(1)));

        assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        assertProblem(answer, bad.says());
        assertThat(answer.text()).as(bad.what()).isEqualTo(Refusals.of("name: " + bad.what(), answer.text()));
    }

    @Test
    default void what_is_no_upload_is_refused() {
        assertThat(refused(UploadRequest.withoutFile().field("tags", "a")).status())
                .isEqualTo(400);
        assertThat(refused(UploadRequest.withoutFile()).status()).isEqualTo(400);
        assertThat(refused(UploadRequest.of("a.png", "image/png", Pictures.png(1))
                                .field("price", "0"))
                        .status())
                .isEqualTo(400);
        assertThat(refused(UploadRequest.of("a.png", "image/png", Pictures.png(1))
                                .field("tags", "\u202Egnat"))
                        .status())
                .isEqualTo(400);
        assertThat(shop().post("/api/assets").status()).isEqualTo(415);
        var many = UploadRequest.of("a.png", "image/png", Pictures.png(1));
        for (int i = 0; i < 200; i++) {
            many.field("tags", "t" + i);
        }
        assertThat(refused(many).status()).isIn(400, 413);
    }

    /** Sends it, and sees that it leaves nothing behind and does not keep the next one out. */
    private Shop.Answer refused(UploadRequest upload) {
        long before = allEvents();
        var answer = shop().upload(upload);
        assertThat(allEvents()).as("a refused upload publishes nothing").isEqualTo(before);
        try (var left = Files.list(blobDirectory().resolve("arriving"))) {
            assertThat(left).as("a refused upload leaves nothing behind").isEmpty();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        var good = shop().upload(UploadRequest.of("good.png", "image/png", Pictures.png(SEED.getAndIncrement())));
        assertThat(good.status()).as(good.toString()).isEqualTo(201);
        return answer;
    }

    private void assertProblem(Shop.Answer answer, String says) {
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.header("X-Served-By")).isEqualTo(name());
        var problem = answer.json();
        assertThat(problem.path("type").asString()).startsWith("urn:");
        assertThat(problem.path("title").asString()).isNotBlank();
        assertThat(problem.path("status").asInt()).isEqualTo(answer.status());
        assertThat(problem.path("instance").asString()).isEqualTo("/api/assets");
        assertThat(answer.text()).contains(says);
    }
}
