package dev.strangler.facade.console;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Our own style sheet and scripts, and what every page is given. */
@Configuration(proxyBeanMethods = false)
@ControllerAdvice(basePackageClasses = ConsoleWeb.class)
class ConsoleWeb implements WebMvcConfigurer {

    private static final Map<String, Act> ACTS =
            Arrays.stream(Act.values()).collect(Collectors.toMap(Act::verb, Function.identity()));

    private final Views views;

    ConsoleWeb(Views views) {
        this.views = views;
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry.addResourceHandler("/console/static/**")
                .addResourceLocations("classpath:/dev/strangler/facade/console/static/")
                .setCacheControl(CacheControl.noCache());
        registry.addResourceHandler("/console/webjars/**")
                .addResourceLocations("classpath:/META-INF/resources/webjars/")
                .setCacheControl(CacheControl.noCache())
                .resourceChain(true);
    }

    @ModelAttribute("show")
    Show show() {
        return views.show();
    }

    @ModelAttribute("acts")
    Map<String, Act> acts() {
        return ACTS;
    }

    @ModelAttribute("operator")
    @Nullable
    Operator operator(@AuthenticationPrincipal @Nullable Operator operator) {
        return operator;
    }
}
