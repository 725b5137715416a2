package dev.strangler.outbox.spring;

import dev.strangler.outbox.CurrentTrace;
import io.micrometer.tracing.Tracer;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.context.request.RequestContextHolder;

/**
 * What an appended event learns of the request at hand, and the request of the event: the trace from the tracer where there is
 * one, otherwise from the request's own header; and the header that tells the client which versions it has written.
 */
@AutoConfiguration(
        afterName = {
            "org.springframework.boot.micrometer.tracing.brave.autoconfigure.BraveAutoConfiguration",
            "org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration",
            "org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration"
        })
@ConditionalOnProperty("strangler.outbox.origin")
public class TraceAutoConfiguration {

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(Tracer.class)
    static class FromTracer {

        @Bean
        @ConditionalOnBean(Tracer.class)
        @ConditionalOnMissingBean(CurrentTrace.class)
        CurrentTrace stranglerTracerTrace(Tracer tracer) {
            return new TracerTrace(tracer);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({RequestContextHolder.class, HttpServletResponse.class})
    static class FromRequest {

        @Bean
        @ConditionalOnMissingBean(CurrentTrace.class)
        CurrentTrace stranglerRequestTrace() {
            return new RequestTrace();
        }

        @Bean
        @ConditionalOnMissingBean
        @ConditionalOnProperty(name = "strangler.outbox.written-header", matchIfMissing = true)
        WrittenHeader stranglerWrittenHeader() {
            return new WrittenHeader();
        }
    }
}
