package dev.strangler.architecture.readme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the first page of this module promises is done by a scratch project made of the page's own lines. */
class ReadmeTest {

    private static final int MOST_LINES = 40;
    private static final int MOST_LINES_OF_THE_CLASS = 10;

    @TempDir
    Path directory;

    private String page;
    private ScratchProject project;

    @BeforeEach
    void copyTheClass() throws IOException {
        page = Files.readString(Path.of("README.md"));
        project = new ScratchProject(directory);
        project.source("SingleWriterTest.java", block("java"));
        project.source(
                "com/example/shop/assets/AssetRows.java", writing("assets", "AssetRows", "update asset set size = 1"));
        project.source(
                "com/example/shop/products/ProductRows.java",
                writing("products", "ProductRows", "insert into product (sku) values ('x')"));
    }

    @Test
    void the_page_is_short_and_so_is_the_class() {
        assertThat(page.lines()).hasSizeLessThanOrEqualTo(MOST_LINES);
        assertThat(block("java").lines().dropWhile(line -> !line.startsWith("class ")))
                .hasSizeBetween(1, MOST_LINES_OF_THE_CLASS);
    }

    @Test
    void the_dependency_is_this_module() throws IOException {
        var said = Jsoup.parse(block("xml"), "", Parser.xmlParser());
        var module = Jsoup.parse(Files.readString(Path.of("pom.xml")), "", Parser.xmlParser());
        assertThat(said.select("dependency")).hasSize(1);
        assertThat(said.select("artifactId").text())
                .isEqualTo(module.select("project > artifactId").text());
        for (var inherited : List.of("groupId", "version")) {
            assertThat(said.select(inherited).text())
                    .as(inherited)
                    .isEqualTo(module.select("project > parent > " + inherited).text());
        }
    }

    @Test
    void the_class_passes_where_every_table_has_one_writer() throws IOException, InterruptedException {
        var run = project.test("SingleWriterTest");
        assertThat(run.failures()).as(run.printed()).isEmpty();
        assertThat(run.successes()).isEqualTo(1);
    }

    @Test
    void the_class_fails_where_a_second_one_writes_and_says_who() throws IOException, InterruptedException {
        project.source("com/example/shop/products/Sweeping.java", writing("products", "Sweeping", "delete from asset"));
        var run = project.test("SingleWriterTest");
        assertThat(run.failures())
                .singleElement()
                .asString()
                .contains(
                        "products writes table asset (owner: assets, WITH_MONOLITH) in Sweeping.run",
                        "exceptions/products.txt");
    }

    /** The first block of code of that language. */
    private String block(String language) {
        var found = Pattern.compile("```" + language + "\\n(.*?)```", Pattern.DOTALL)
                .matcher(page);
        assertThat(found.find()).as("a block of %s in README.md", language).isTrue();
        return found.group(1);
    }

    private static String writing(String feature, String name, String sql) {
        return """
            package com.example.shop.%s;

            class %s {
                void run(java.sql.Connection connection) throws java.sql.SQLException {
                    connection.prepareStatement("%s").execute();
                }
            }
            """.formatted(feature, name, sql);
    }
}
