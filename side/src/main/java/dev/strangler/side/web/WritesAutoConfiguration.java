package dev.strangler.side.web;

import dev.strangler.side.Fences;
import dev.strangler.side.SideAutoConfiguration;
import java.util.List;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.json.JsonMapper;

/** Commands over HTTP: kept out while this side may not write their feature, and handed to controllers as such. */
@AutoConfiguration(
        after = SideAutoConfiguration.class,
        afterName = "org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBean({Fences.class, JsonMapper.class})
public class WritesAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(name = "stranglerCommands")
    WebMvcConfigurer stranglerCommands(Fences fences, JsonMapper json) {
        return new WebMvcConfigurer() {

            @Override
            public void addInterceptors(InterceptorRegistry interceptors) {
                interceptors.addInterceptor(new WritesCheck(fences));
            }

            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(new CommandParameter());
            }

            @Override
            public void extendHandlerExceptionResolvers(List<HandlerExceptionResolver> resolvers) {
                // First: to the others a fence is a failure like any other.
                resolvers.add(0, new FencedAnswers(fences, json));
            }
        };
    }
}
