package dev.strangler.side.web;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.boot.servlet.autoconfigure.MultipartProperties;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.context.annotation.Bean;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Both sides answer alike: problem documents, strict JSON, bounded bodies; each says by its application's name that it was the one. */
@AutoConfiguration(
        before = ErrorMvcAutoConfiguration.class,
        afterName = "org.springframework.boot.servlet.autoconfigure.MultipartAutoConfiguration")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnProperty(name = "strangler.side.web.enabled", matchIfMissing = true)
@EnableConfigurationProperties(WebProperties.class)
public class WebAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    RequestGate stranglerRequestGate(
            @Value("${spring.application.name}") String name,
            @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
        return new RequestGate(name, problems);
    }

    @Bean
    @ConditionalOnMissingBean(ResponseEntityExceptionHandler.class)
    ProblemAnswers stranglerProblemAnswers(ObjectProvider<MultipartProperties> uploads) {
        return new ProblemAnswers(uploads.getIfAvailable(MultipartProperties::new)
                .getMaxFileSize()
                .toBytes());
    }

    @Bean
    @ConditionalOnMissingBean(ErrorController.class)
    ErrorAnswers stranglerErrorAnswers() {
        return new ErrorAnswers();
    }

    @Bean
    @ConditionalOnMissingBean
    TomcatSettings stranglerTomcatSettings(@Value("${spring.application.name}") String name) {
        return new TomcatSettings(name);
    }

    @Bean
    @ConditionalOnMissingBean(name = "stranglerJson")
    JsonMapperBuilderCustomizer stranglerJson() {
        return JsonSettings.strict();
    }
}
