package dev.strangler.architecture.mapping;

import dev.strangler.architecture.code.CodeBase;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** How names in code become names of tables. */
public enum TableNaming {
    /** As Spring Boot has it: {@code OrderItem} is {@code order_item}, also where a name is given. */
    UNDERSCORED {
        @Override
        String physical(String name) {
            return name.replace('.', '_')
                    .replaceAll("([a-z0-9])([A-Z])(?=[a-z0-9])", "$1_$2")
                    .toLowerCase(Locale.ROOT);
        }
    },
    /** As JPA says by itself: the database's own folding to lower case is all that happens. */
    AS_WRITTEN {
        @Override
        String physical(String name) {
            return name.toLowerCase(Locale.ROOT);
        }
    };

    abstract String physical(String name);

    /** Underscored where Spring Boot is at work and its settings do not say otherwise. */
    public static TableNaming of(CodeBase code) {
        boolean asWritten = code.resources().values().stream()
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .anyMatch(text -> text.contains("PhysicalNamingStrategyStandardImpl"));
        boolean boots = code.classes().stream()
                .anyMatch(type -> type.annotations().have("SpringBootApplication")
                        || type.annotations().have("autoconfigure/EnableAutoConfiguration"));
        return boots && !asWritten ? UNDERSCORED : AS_WRITTEN;
    }
}
