package dev.strangler.side.web;

import dev.strangler.side.refusals.Refusal;
import dev.strangler.side.refusals.Refusal.Kind;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Says in the client's words why a body could not be read; class names stay inside. */
final class UnreadableBody {

    private UnreadableBody() {}

    static Refusal refusal(HttpMessageNotReadableException failure) {
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof Refusal refusal) {
                return refusal;
            }
            if (cause instanceof JacksonException json) {
                return refusal(json);
            }
        }
        return Refusal.of(Kind.INVALID, "The body is missing or cannot be read. Send one JSON object.");
    }

    private static Refusal refusal(JacksonException failure) {
        if (failure instanceof UnrecognizedPropertyException unknown) {
            return Refusal.invalid(field(unknown), "is not known here; known are " + known(unknown));
        }
        if (failure instanceof InvalidFormatException format) {
            return Refusal.invalid(field(failure), "must be " + wanted(format.getTargetType()));
        }
        if (failure instanceof MismatchedInputException mismatch
                && !failure.getPath().isEmpty()) {
            return Refusal.invalid(field(failure), reason(mismatch));
        }
        if (failure instanceof DatabindException && !failure.getPath().isEmpty()) {
            return Refusal.invalid(field(failure), "cannot be taken as it is");
        }
        if (failure instanceof DatabindException) {
            return Refusal.of(
                    Kind.INVALID,
                    "The body is JSON, but not what is expected here. Send exactly one object with the fields of this"
                            + " command, and numbers within reason.");
        }
        var place = failure.getLocation();
        return Refusal.of(
                Kind.INVALID,
                "The body is not JSON"
                        + (place == null ? "" : " (line " + place.getLineNr() + ", column " + place.getColumnNr() + ")")
                        + ": " + firstLine(failure.getOriginalMessage()));
    }

    private static String reason(MismatchedInputException mismatch) {
        String message = firstLine(mismatch.getOriginalMessage());
        return message.startsWith("contains ") ? message : "must be " + wanted(mismatch.getTargetType());
    }

    private static String wanted(@Nullable Class<?> type) {
        if (type == null) {
            return "of another type";
        }
        if (Number.class.isAssignableFrom(type) || (type.isPrimitive() && type != boolean.class)) {
            return "a number";
        }
        if (type == String.class) {
            return "a text";
        }
        if (List.class.isAssignableFrom(type)) {
            return "a list";
        }
        if (type.isEnum()) {
            return "one of " + List.of(type.getEnumConstants());
        }
        return type.isRecord() ? "an object" : "a " + type.getSimpleName();
    }

    private static String field(JacksonException failure) {
        return failure.getPath().stream()
                .map(step ->
                        step.getPropertyName() == null ? "[" + step.getIndex() + "]" : "." + step.getPropertyName())
                .collect(Collectors.joining())
                .replaceFirst("^\\.", "");
    }

    private static String known(UnrecognizedPropertyException unknown) {
        var names = unknown.getKnownPropertyIds();
        return names == null ? "none" : names.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    private static String firstLine(@Nullable String message) {
        return message == null ? "unknown reason" : message.lines().findFirst().orElse("unknown reason");
    }
}
