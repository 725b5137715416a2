package dev.strangler.sandbox;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Command lines for JVMs on the broker's class path, with the classes that an earlier one has recorded. */
final class KafkaJvm {

    private static final String LOG4J2 = """
            rootLogger.level = info
            rootLogger.appenderRef.console.ref = console
            appender.console.type = Console
            appender.console.name = console
            appender.console.layout.type = PatternLayout
            appender.console.layout.pattern = %d %-5p [%t] %c{1} - %m%n
            # One line per plugin, setting and fetch otherwise.
            logger.config.name = org.apache.kafka.common.config
            logger.config.level = warn
            logger.clients.name = org.apache.kafka.clients
            logger.clients.level = warn
            logger.jersey.name = org.glassfish.jersey
            logger.jersey.level = error
            """;

    private final Path directory;
    private final Speed speed;
    private final List<String> memory;
    private final List<Path> classPath = Artefacts.ofThisMachine().kafka();
    private final ClassArchive archive;

    /** @param memory options for the heap */
    KafkaJvm(String program, Path directory, Speed speed, List<String> memory) {
        this.directory = directory;
        this.speed = speed;
        this.memory = memory;
        this.archive = ClassArchive.of(program, classPath);
    }

    List<String> command(String mainClass, String... arguments) {
        var logging = KafkaFiles.write(directory, "log4j2.properties", LOG4J2);
        var command = new ArrayList<String>();
        command.add(java());
        command.addAll(speed.options());
        command.addAll(archive.options());
        // Two cores are shared by everything: the serial collector starts fastest and takes the least.
        command.addAll(memory);
        command.addAll(List.of("-XX:+UseSerialGC", "-Djava.awt.headless=true"));
        command.add("-Dlog4j2.configurationFile=" + logging.toUri());
        command.addAll(List.of("-cp", joined(classPath), mainClass));
        command.addAll(List.of(arguments));
        return command;
    }

    ClassArchive archive() {
        return archive;
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static String joined(List<Path> jars) {
        return jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }
}
