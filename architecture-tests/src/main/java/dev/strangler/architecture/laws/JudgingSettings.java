package dev.strangler.architecture.laws;

import dev.strangler.architecture.writes.Writes;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Judges settings that make writes happen far from who causes them: W18. */
final class JudgingSettings {

    private static final Pattern SETTINGS = Pattern.compile("(.*/)?application[^/]*\\.(yml|yaml|properties)");
    private static final Pattern CLOSED = Pattern.compile("open-in-view\\s*[:=]\\s*\"?false");

    private final Writes writes;
    private final Findings findings;

    JudgingSettings(Writes writes, Findings findings) {
        this.writes = writes;
        this.findings = findings;
    }

    void judge() {
        boolean boots = writes.code().classes().stream()
                .anyMatch(type -> type.annotations().have("SpringBootApplication"));
        boolean isClosed = writes.code().resources().entrySet().stream()
                .filter(resource -> SETTINGS.matcher(resource.getKey()).matches())
                .anyMatch(resource -> CLOSED.matcher(new String(resource.getValue(), StandardCharsets.UTF_8))
                        .find());
        if (boots && !writes.mappings().all().isEmpty() && !isClosed) {
            findings.add(
                    Law.W18,
                    Finding.UNASSIGNED,
                    "spring.jpa.open-in-view",
                    "",
                    "spring.jpa.open-in-view is on, as it is where nothing is said. " + Law.W18.why()
                            + " Say spring.jpa.open-in-view: false in application.yml. Or, if this must wait, add the line to exceptions/"
                            + Finding.UNASSIGNED + ".txt:");
        }
    }
}
