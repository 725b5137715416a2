package dev.strangler.facade.shadow;

import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Makes of an answer what is compared: the status, a few headers, and the values of a JSON document or a digest of anything else. */
final class ReadingAnswers {

    private static final List<String> HEADERS = List.of("Content-Type", "Content-Disposition", "ETag", "Location");
    private static final Pattern TIME =
            Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,9})?)?(Z|[+-]\\d{2}:\\d{2})");

    /** Numbers keep their digits: 12.50 is not 12.5 to who reads an amount. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private ReadingAnswers() {}

    static Answer read(HttpResponse<byte[]> response) {
        var values = new Answer.Collecting();
        values.add("status", String.valueOf(response.statusCode()));
        for (var name : HEADERS) {
            response.headers()
                    .firstValue(name)
                    .ifPresent(value -> values.add(
                            "header " + name, value.toLowerCase(Locale.ROOT).replace(" ", "")));
        }
        body(values, response);
        return values.done();
    }

    /** No answer at all is an answer too: it differs from any other. */
    static Answer none(String reason) {
        var values = new Answer.Collecting();
        values.add("status", reason);
        return values.done();
    }

    private static void body(Answer.Collecting values, HttpResponse<byte[]> response) {
        var type = response.headers().firstValue("Content-Type").orElse("");
        if (type.contains("json")) {
            try {
                leaves(values, "", JSON.readTree(response.body()));
                return;
            } catch (JacksonException noJson) {
                // Then it is compared as it is.
            }
        }
        values.add("body", digest(response.body()));
    }

    private static void leaves(Answer.Collecting values, String path, JsonNode node) {
        if (node.isObject() && !node.isEmpty()) {
            node.properties()
                    .forEach(member -> leaves(
                            values,
                            path.isEmpty() ? member.getKey() : path + '.' + member.getKey(),
                            member.getValue()));
        } else if (node.isArray() && !node.isEmpty()) {
            node.forEach(element -> leaves(values, path + "[]", element));
        } else {
            values.add(path.isEmpty() ? "body" : path, value(node));
        }
    }

    private static String value(JsonNode node) {
        if (!node.isString()) {
            return node.toString();
        }
        var text = node.asString();
        if (TIME.matcher(text).matches()) {
            try {
                return OffsetDateTime.parse(text).toInstant().toString();
            } catch (DateTimeException looksLikeOne) {
                return text;
            }
        }
        return text;
    }

    private static String digest(byte[] body) {
        try {
            return "%d bytes, sha256 %s"
                    .formatted(
                            body.length,
                            HexFormat.of()
                                    .formatHex(
                                            MessageDigest.getInstance("SHA-256").digest(body)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
