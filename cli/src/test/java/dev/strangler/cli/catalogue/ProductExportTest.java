package dev.strangler.cli.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProductExportTest {

    private static final String HEADER =
            "Handle,Title,Body (HTML),Type,Tags,Variant SKU,Variant Price,Image Src,Image Position\n";

    @TempDir
    Path around;

    private Path directory;

    @BeforeEach
    void makeDirectory() throws IOException {
        directory = Files.createDirectory(around.resolve("catalogue"));
    }

    @Test
    void rows_of_one_handle_become_one_product() throws IOException {
        image("images/front.png");
        image("images/back.png");

        var catalogue = read(HEADER
                + "mug,Mug,<p>Holds <b>tea</b></p>,Kitchen,\"warm, gift\",,,images/back.png,2\n"
                + "mug,,,,,MUG-2,12.5,images/front.png,1\n"
                + "mug,,,,,MUG-3,99,,\n");

        assertThat(catalogue.badRows()).isEmpty();
        var mug = catalogue.products().get(0);
        assertThat(mug.line()).isEqualTo(2);
        assertThat(mug.sku()).isEqualTo("MUG-2");
        assertThat(mug.name()).isEqualTo("Mug");
        assertThat(mug.description()).isEqualTo("Holds tea");
        assertThat(mug.price()).isEqualTo(new BigDecimal("12.50"));
        assertThat(mug.tags()).containsExactly("warm", "gift", "Kitchen");
        assertThat(mug.images())
                .extracting(picture -> picture.file().getFileName().toString(), CatalogueImage::line)
                .containsExactly(tuple("front.png", 3L), tuple("back.png", 2L));
    }

    @Test
    void rows_of_a_handle_need_not_stand_together() throws IOException {
        var catalogue = read(HEADER + "a,A,,,,,1,,\nb,B,,,,,2,,\na,,,,,SKU-A,,,\n");

        assertThat(catalogue.products())
                .extracting(CatalogueProduct::handle, CatalogueProduct::sku)
                .containsExactly(tuple("a", "SKU-A"), tuple("b", "b"));
    }

    @Test
    void a_byte_order_mark_quotes_and_line_breaks_in_fields_are_read() throws IOException {
        var catalogue = read("\ufeff" + HEADER
                + "poem,\"A \"\"poem\"\"\",\"first line\r\nsecond, with comma\n\nlast\",,,,5,,\r\n"
                + "\n"
                + ",No handle,,,,,1,,\n");

        assertThat(catalogue.products()).hasSize(1);
        assertThat(catalogue.products().get(0).name()).isEqualTo("A \"poem\"");
        assertThat(catalogue.products().get(0).line()).isEqualTo(2);
        assertThat(catalogue.badRows()).extracting(BadRow::line).containsExactly(7L);
    }

    @Test
    void a_bad_row_is_named_by_its_line_and_keeps_no_other_out() throws IOException {
        var catalogue = read(HEADER
                + "good,Good,,,,,1,,\n"
                + "short,Short,,,\n"
                + "untitled,,,,,,3,,\n"
                + "free,Free of price,,,,,,,\n"
                + "dear,Dear,,,,,\"1,000.00\",,\n"
                + "negative,Negative,,,,,-1,,\n"
                + "also-good,Also good,,,,,0,,\n");

        assertThat(catalogue.products()).extracting(CatalogueProduct::handle).containsExactly("good", "also-good");
        assertThat(catalogue.badRows()).extracting(BadRow::line).containsExactly(3L, 4L, 5L, 6L, 6L, 7L, 7L);
        assertThat(reason(catalogue, 3)).contains("5 fields").contains("9");
        assertThat(reason(catalogue, 4)).contains("no Title");
        assertThat(reason(catalogue, 5)).contains("no row of the product has a usable Variant Price");
        assertThat(reason(catalogue, 6)).contains("1,000.00");
    }

    @Test
    void a_bad_price_of_one_variant_leaves_the_price_of_another() throws IOException {
        var catalogue = read(HEADER + "mug,Mug,,,,,cheap,,\nmug,,,,,,3.999,,\n");

        assertThat(catalogue.products())
                .singleElement()
                .extracting(CatalogueProduct::price)
                .isEqualTo(new BigDecimal("3.999"));
        assertThat(catalogue.badRows()).extracting(BadRow::line).containsExactly(2L);
    }

    @Test
    void a_sku_names_one_product() throws IOException {
        var catalogue = read(HEADER + "one,One,,,,SAME,1,,\ntwo,Two,,,,SAME,2,,\n");

        assertThat(catalogue.products()).extracting(CatalogueProduct::handle).containsExactly("one");
        assertThat(reason(catalogue, 3)).contains("SAME").contains("'one' in line 2");
    }

    @Test
    void images_from_elsewhere_are_refused_and_the_product_goes_in_without() throws IOException {
        var outside = Files.writeString(around.resolve("outside.png"), "x");
        Files.createSymbolicLink(directory.resolve("link.png"), outside);
        var catalogue = read(HEADER
                + "a,A,,,,,1,https://example.org/a.png,1\n"
                + "a,,,,,,,//example.org/a.png,2\n"
                + "a,,,,,,,../outside.png,3\n"
                + "a,,,,,,," + outside + ",4\n"
                + "a,,,,,,,link.png,5\n"
                + "a,,,,,,,absent.png,6\n"
                + "a,,,,,,,file:/etc/hostname,7\n");

        assertThat(catalogue.products())
                .singleElement()
                .satisfies(product -> assertThat(product.images()).isEmpty());
        assertThat(catalogue.badRows()).extracting(BadRow::line).containsExactly(2L, 3L, 4L, 5L, 6L, 7L, 8L);
        assertThat(reason(catalogue, 2)).contains("URL");
        assertThat(reason(catalogue, 4)).contains("leads out");
        assertThat(reason(catalogue, 6)).contains("leads out");
        assertThat(reason(catalogue, 7)).contains("names no file");
    }

    @Test
    void markup_becomes_plain_words() throws IOException {
        var catalogue = read(
                HEADER
                        + "a,A,\"<p>One &amp; <b>two</b></p><script>alert(1)</script><ul><li>three<li>four</ul>a<br>b &lt;i&gt;\",,,,1,,\n");

        assertThat(catalogue.products().get(0).description()).isEqualTo("One & two\nthree\nfour\na\nb <i>");
    }

    @Test
    void broken_quotes_are_named_and_what_stood_before_goes_in() throws IOException {
        var catalogue = read(HEADER + "a,A,,,,,1,,\nb,\"B,,,,,1,,\nc,C,,,,,1,,\n");

        assertThat(catalogue.products()).extracting(CatalogueProduct::handle).containsExactly("a");
        assertThat(catalogue.badRows()).singleElement().satisfies(row -> {
            assertThat(row.line()).isEqualTo(3);
            assertThat(row.reason()).contains("quot").contains("all after it were not read");
        });
    }

    @Test
    void a_file_without_the_columns_is_no_catalogue() {
        assertThatThrownBy(() -> read("Handle,Name\na,b\n"))
                .isInstanceOf(UnreadableCatalogue.class)
                .hasMessageContaining("[Title, Variant Price]");
        assertThatThrownBy(() -> read("")).isInstanceOf(UnreadableCatalogue.class);
        assertThatThrownBy(() -> ProductExport.in(directory.resolve("nowhere")))
                .isInstanceOf(UnreadableCatalogue.class)
                .hasMessageContaining("There is no products.csv");
    }

    @Test
    void a_file_in_another_encoding_is_refused_as_a_whole() {
        assertThatThrownBy(() -> read(HEADER + "a,Caf\u00e9,,,,,1,,\n", StandardCharsets.ISO_8859_1))
                .isInstanceOf(UnreadableCatalogue.class)
                .hasMessageContaining("not UTF-8");
    }

    private static String reason(Catalogue catalogue, long line) {
        return catalogue.badRows().stream()
                .filter(row -> row.line() == line)
                .map(BadRow::reason)
                .findFirst()
                .orElse("no reason for line " + line);
    }

    private Catalogue read(String csv) throws IOException {
        return read(csv, StandardCharsets.UTF_8);
    }

    private Catalogue read(String csv, Charset charset) throws IOException {
        Files.write(directory.resolve("products.csv"), csv.getBytes(charset));
        return ProductExport.in(directory);
    }

    private void image(String name) throws IOException {
        var file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, name);
    }
}
