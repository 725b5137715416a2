package dev.strangler.architecture.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strangler.architecture.code.CodeBase;
import dev.strangler.architecture.observed.ObservedWrite;
import dev.strangler.architecture.observed.ObservedWrite.Teller;
import dev.strangler.architecture.sql.Verb;
import dev.strangler.architecture.writes.Writes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who wrote, and what of it was foretold. */
class ObservedLawsTest {

    @TempDir
    static Path directory;

    private static ObservedLaws laws;
    private static Writes writes;

    @BeforeAll
    static void read() throws IOException {
        laws = ObservedLaws.forMonolith(Judged.map(directory))
                .writingAs("products_writer", "products")
                .writingAs("assets_writer", "assets");
        writes = Writes.of(CodeBase.ofPackages("dev.strangler.architecture.fixtures.corpus.assets"));
    }

    @Test
    void the_role_that_a_transaction_has_set_counts_before_its_login() {
        var judged = judge(written("licence", new Teller("", "shop", "assets_writer", "")));
        assertThat(judged.judgement().findings()).isEmpty();
        judged = judge(written("licence", new Teller("", "products_writer", "assets_writer", "")));
        assertThat(judged.judgement().findings()).isEmpty();
        judged = judge(written("licence", new Teller("", "products_writer", "products_writer", "")));
        assertThat(judged.judgement().findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.feature()).isEqualTo("products"));
    }

    @Test
    void what_the_kit_writes_for_its_callers_does_not_raise_the_recall() {
        var judged = judge(
                written("strangler.outbox", new Teller("assets", "shop", "shop", "")),
                written("asset", new Teller("assets", "shop", "shop", "")));
        assertThat(judged.kinds()).isEqualTo(1);
        assertThat(judged.foretold()).isEqualTo(1);
        assertThat(judge(written("strangler.outbox", null)).judgement().findings())
                .hasSize(1);
    }

    private static Foretold judge(ObservedWrite... observed) {
        return laws.judge(writes, List.of(observed));
    }

    private static ObservedWrite written(String table, @Nullable Teller teller) {
        return new ObservedWrite(table, Verb.UPDATE, teller, 1);
    }
}
