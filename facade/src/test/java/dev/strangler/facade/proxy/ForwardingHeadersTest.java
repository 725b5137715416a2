package dev.strangler.facade.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertow.util.HeaderMap;
import io.undertow.util.HttpString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardingHeadersTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Forwarded-For",
                "X-Forwarded-Host",
                "X-Forwarded-Prefix",
                "X_Forwarded_For",
                "Forwarded",
                "X-Strangler-Written",
                "x-strangler-anything",
                "X-Served-By",
                "X-Real-IP",
                "X-Original-URL",
                "X-Rewrite-URL",
                "X-HTTP-Method-Override",
                "Keep-Alive",
                "TE",
                "Trailer",
                "Upgrade",
                "Proxy-Authorization",
                "Proxy-Connection"
            })
    void what_clients_may_not_say_goes_no_further(String name) {
        var headers = headers(name, "once", "Accept", "*/*");
        headers.add(new HttpString(name), "twice");
        ForwardingHeaders.cleanRequest(headers);
        assertThat(headers.contains(name)).isFalse();
        assertThat(headers.getFirst("Accept")).isEqualTo("*/*");
    }

    @Test
    void what_connection_names_goes_no_further() {
        var headers =
                headers("Connection", "keep-alive, X-Secret ,X-Other", "X-Secret", "1", "x-other", "2", "X-Kept", "3");
        ForwardingHeaders.cleanRequest(headers);
        assertThat(headers.contains("Connection")).isFalse();
        assertThat(headers.contains("X-Secret")).isFalse();
        assertThat(headers.contains("X-Other")).isFalse();
        assertThat(headers.getFirst("X-Kept")).isEqualTo("3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length", "transfer-encoding", "Host", "Cookie"})
    void connection_must_not_name_what_the_message_needs(String name) {
        assertThatThrownBy(() -> ForwardingHeaders.cleanRequest(headers("Connection", "close, " + name)))
                .isInstanceOf(Refused.class);
    }

    @Test
    void an_answer_says_who_has_given_it_whatever_the_side_says() {
        var headers = headers(
                "X-Served-By",
                "somebody",
                "X-Strangler-Written",
                "Asset:1:1",
                "Connection",
                "X-Hop",
                "X-Hop",
                "1",
                "ETag",
                "x");
        ForwardingHeaders.cleanResponse(headers, "dam");
        assertThat(headers.get("X-Served-By")).containsExactly("dam");
        assertThat(headers.contains("X-Strangler-Written")).isFalse();
        assertThat(headers.contains("X-Hop")).isFalse();
        assertThat(headers.contains("Connection")).isFalse();
        assertThat(headers.getFirst("ETag")).isEqualTo("x");
    }

    @Test
    void a_trace_is_passed_on_or_begun() {
        var known =
                headers("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "tracestate", "a=b");
        TraceParent.ensure(known);
        assertThat(known.getFirst("traceparent")).isEqualTo("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        assertThat(known.getFirst("tracestate")).isEqualTo("a=b");
        for (var broken : new String[] {"", "x", "00-00000000000000000000000000000000-b7ad6b7169203331-01"}) {
            var headers = headers("traceparent", broken, "tracestate", "a=b");
            TraceParent.ensure(headers);
            assertThat(headers.getFirst("traceparent")).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");
            assertThat(headers.contains("tracestate")).isFalse();
        }
    }

    private static HeaderMap headers(String... namesAndValues) {
        var headers = new HeaderMap();
        for (var index = 0; index < namesAndValues.length; index += 2) {
            headers.add(new HttpString(namesAndValues[index]), namesAndValues[index + 1]);
        }
        return headers;
    }
}
