package dev.strangler.side.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class FoundTest {

    private static final LongSupplier NOT_TO_BE_ASKED = () -> {
        throw new AssertionError("The page tells the total by itself");
    };

    @Test
    void a_page_that_is_not_full_tells_the_total_by_itself() {
        assertThat(Found.page(List.of("a", "b"), 4, 3, NOT_TO_BE_ASKED).total()).isEqualTo(6);
        assertThat(Found.page(List.of(), 0, 3, NOT_TO_BE_ASKED).total()).isZero();
    }

    @Test
    void a_full_page_and_one_beyond_the_end_have_to_be_counted() {
        assertThat(Found.page(List.of("a", "b"), 0, 2, () -> 7).total()).isEqualTo(7);
        assertThat(Found.page(List.of(), 40, 2, () -> 7).total()).isEqualTo(7);
    }
}
