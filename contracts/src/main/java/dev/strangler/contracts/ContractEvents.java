package dev.strangler.contracts;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * Writes and reads the payloads of contract events, the same way on every side.
 *
 * <p>Fields come in the order of the record; instants are ISO-8601 in UTC with exactly six decimals; amounts are plain
 * decimals that keep their scale; what is absent is written as {@code null}. Reading ignores unknown fields, so that a
 * subscriber survives a publisher that knows more.
 */
public final class ContractEvents {

    private static final DateTimeFormatter MICROSECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new SimpleModule("contract-instants").addSerializer(new InstantWriter()))
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    private ContractEvents() {}

    /** The payload for a state, as JSON text. */
    public static String write(Record state) {
        return MAPPER.writeValueAsString(state);
    }

    /**
     * The state in a payload.
     *
     * @throws UnreadablePayload when the text is no JSON, or a field that this version needs is missing or of a wrong type
     */
    public static <T extends Record> T read(String payload, Class<T> type) {
        try {
            T state = MAPPER.readValue(payload, type);
            if (state == null) {
                throw new UnreadablePayload(type, "the payload is null", null);
            }
            return state;
        } catch (JacksonException refusal) {
            throw new UnreadablePayload(type, refusal.getOriginalMessage(), refusal);
        }
    }

    private static final class InstantWriter extends StdSerializer<Instant> {

        InstantWriter() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant instant, JsonGenerator generator, SerializationContext context) {
            generator.writeString(MICROSECONDS.format(instant));
        }
    }
}
