package dev.strangler.media.downloads;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ContentDispositionTest {

    @Test
    void a_plain_name_needs_no_encoding() {
        assertThat(ContentDisposition.attachment("lamp (2).jpg")).isEqualTo("attachment; filename=\"lamp (2).jpg\"");
    }

    @Test
    void what_is_special_in_the_header_never_gets_into_the_plain_form() {
        assertThat(ContentDisposition.inline("a\"\\\r\n;%ü.jpg"))
                .isEqualTo("inline; filename=\"a____;__.jpg\"; filename*=UTF-8''a%22%5C%0D%0A%3B%25%C3%BC.jpg");
    }

    @Test
    void a_rendition_has_the_ending_of_its_own_type() {
        assertThat(ContentDisposition.renamed("a.b.webp", "jpg")).isEqualTo("a.b.jpg");
        assertThat(ContentDisposition.renamed("a", "jpg")).isEqualTo("a.jpg");
    }
}
