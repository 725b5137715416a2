package dev.strangler.architecture.readme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;

/** A project of somebody else's: a map, an empty directory of exceptions, and sources, compiled and tested by a JVM of its own. */
final class ScratchProject {

    private static final String MAP = """
        monolith: &process
          url: http://127.0.0.1:8090
          database:
            url: jdbc:postgresql://127.0.0.1:5432/shop
            owner: {name: shop, password: x}
            relay: {name: relay, password: x}
        services: {dam: *process, pim: *process}
        kafka: {bootstrap: 127.0.0.1:9092}
        connect: {url: http://127.0.0.1:8083}
        features:
          assets:
            service: dam
            paths: [/assets]
            aggregates: [Asset]
            topic: assets.v1
            tables: {monolith: [asset], service: [asset]}
            packages: {monolith: [com.example.shop.assets], service: [dam]}
          products:
            service: pim
            paths: [/products]
            aggregates: [Product]
            topic: products.v1
            tables: {monolith: [product], service: [product]}
            packages: {monolith: [com.example.shop.products], service: [pim]}
        """;

    private final Path directory;
    private final Path classes;
    private final List<String> sources = new ArrayList<>();

    ScratchProject(Path directory) throws IOException {
        this.directory = directory;
        this.classes = Files.createDirectories(directory.resolve("classes"));
        Files.createDirectories(directory.resolve("exceptions"));
        Files.writeString(directory.resolve("strangler.yml"), MAP);
    }

    void source(String path, String text) throws IOException {
        var file = directory.resolve("src").resolve(path);
        Files.createDirectories(file.getParent());
        sources.add(Files.writeString(file, text).toString());
    }

    /** Compiles all sources, and runs the tests of one class in a JVM that starts in the directory of the project. */
    TestRun test(String testClass) throws IOException, InterruptedException {
        var arguments = new ArrayList<>(List.of("-proc:none", "-cp", classPath(), "-d", classes.toString()));
        arguments.addAll(sources);
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)))
                .as("the compiler's exit code")
                .isZero();
        var printed = directory.resolve("printed");
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder(java, "-cp", classPath(), RunningTests.class.getName(), testClass)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile())
                .start();
        try {
            process.waitFor();
        } finally {
            process.destroyForcibly();
        }
        return TestRun.of(Files.readString(printed));
    }

    /** That of this module, which is what the one dependency brings, and more. */
    private String classPath() {
        return classes + File.pathSeparator + System.getProperty("java.class.path");
    }
}
