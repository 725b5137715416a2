package dev.strangler.outbox.spring;

import dev.strangler.outbox.CurrentTrace;
import io.micrometer.tracing.Tracer;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.web.context.request.RequestContextHolder;

/**
 * What an appended event learns of the request at hand, and the request of the event: the trace from the tracer where there is
 * one, otherwise from the request's own header; and the header that tells the client which versions it has written.
 */
@AutoConfiguration(
        afterName = {
            "org.springframework.boot.micrometer.tracing.brave.autoconfigure.BraveAutoConfiguration",
            "org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration",
            "org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration",
            "org.springframework.boot.micrometer.tracing.autoconfigure.NoopTracerAutoConfiguration"
        })
@ConditionalOnProperty("strangler.outbox.origin")
public class TraceAutoConfiguration {

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({RequestContextHolder.class, HttpServletResponse.class})
    static class FromRequest {

        @Bean
        @ConditionalOnMissingBean(value = CurrentTrace.class, ignored = TracerTrace.class)
        RequestTrace stranglerRequestTrace() {
            return new RequestTrace();
        }

        @Bean
        @ConditionalOnMissingBean
        @ConditionalOnProperty(name = "strangler.outbox.written-header", matchIfMissing = true)
        WrittenHeader stranglerWrittenHeader() {
            return new WrittenHeader();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(Tracer.class)
    static class FromTracer {

        /** Spring Boot has a tracer that traces nothing where no real one is: then the request's own header counts. */
        @Bean
        @Primary
        @ConditionalOnBean(Tracer.class)
        @ConditionalOnMissingBean(value = CurrentTrace.class, ignored = RequestTrace.class)
        TracerTrace stranglerTracerTrace(Tracer tracer, ObjectProvider<RequestTrace> request) {
            var otherwise = request.getIfAvailable();
            return new TracerTrace(tracer, otherwise == null ? CurrentTrace.NONE : otherwise);
        }
    }
}
