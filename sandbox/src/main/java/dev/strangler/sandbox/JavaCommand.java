package dev.strangler.sandbox;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Command lines for child JVMs, on the Java that runs this one. */
final class JavaCommand {

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

    private JavaCommand() {}

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    static List<String> kafka(Path directory, String option, String mainClass, String... arguments) {
        var logging = KafkaFiles.write(directory, "log4j2.properties", LOG4J2);
        var command = new ArrayList<String>();
        command.add(java());
        command.add(option);
        // Two cores are shared by everything: the serial collector starts fastest and takes the least.
        command.addAll(List.of("-XX:+UseSerialGC", "-Xshare:auto", "-Djava.awt.headless=true"));
        command.add("-Dlog4j2.configurationFile=" + logging.toUri());
        command.addAll(List.of("-cp", Artefacts.ofThisMachine().kafkaClassPath(), mainClass));
        command.addAll(List.of(arguments));
        return command;
    }
}
