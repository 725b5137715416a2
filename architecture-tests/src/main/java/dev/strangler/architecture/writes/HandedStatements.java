package dev.strangler.architecture.writes;

import dev.strangler.architecture.code.CodeBase;
import dev.strangler.architecture.code.Hierarchy;
import dev.strangler.architecture.flow.Call;
import dev.strangler.architecture.flow.Known;
import dev.strangler.architecture.sql.Holes;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Tells texts of statements that are handed to methods of libraries that are no known sinks: there are more libraries than anybody can
 * list, so not knowing one is a finding too. What writes logs, throws or belongs to Java runs no statement.
 */
final class HandedStatements {

    private static final Pattern STATEMENT = Pattern.compile(
            "\\s*(?:insert\\s+into\\s|update\\s+\\S+\\s+(?:as\\s+\\S+\\s+|\\S+\\s+)?set\\s|delete\\s+from\\s|merge\\s+into\\s"
                    + "|truncate\\s+(?:table\\s+|only\\s+)*[\\w.\"]+\\s*(?:$|[,;]|restart\\s|cascade)"
                    + "|copy\\s.*\\sfrom\\s|(?:alter|drop)\\s+table\\s|with\\s.*\\)\\s*(?:insert\\s+into|update|delete\\s+from|merge\\s+into)\\s).*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Set<String> LOGGING =
            Set.of("log", "logger", "slf4j", "log4j", "logging", "flogger", "logback");

    private final CodeBase code;
    private final Hierarchy hierarchy;

    HandedStatements(CodeBase code, Hierarchy hierarchy) {
        this.code = code;
        this.hierarchy = hierarchy;
    }

    /** Whether it passes a statement, or what its own caller passes, to a library's method. */
    boolean mayTake(Call call) {
        return call.arguments().stream().anyMatch(HandedStatements::mayBeStatement) && isOfLibrary(call);
    }

    private static boolean mayBeStatement(Known argument) {
        return argument.parameter() >= 0
                ? "java/lang/String".equals(argument.type())
                : argument.texts().stream().anyMatch(text -> isStatement(text) || Holes.hasParameter(text));
    }

    static boolean isStatement(String text) {
        return STATEMENT.matcher(text).matches();
    }

    private boolean isOfLibrary(Call call) {
        return hierarchy.upwards(call.owner()).stream().noneMatch(type -> runsNothing(type) || declares(type, call));
    }

    private boolean declares(String type, Call call) {
        var read = code.find(type);
        return read != null && read.method(call.name(), call.descriptor()) != null;
    }

    private static boolean runsNothing(String type) {
        return !type.equals("java/lang/Object") && type.startsWith("java/")
                || type.endsWith("Exception")
                || type.endsWith("Error")
                || type.endsWith("Logger")
                || Stream.of(type.toLowerCase(Locale.ROOT).split("[/$]", -1)).anyMatch(LOGGING::contains);
    }
}
