package dev.strangler.monolith.admin;

import dev.strangler.media.blobs.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Serves the files of the panel below {@code /admin/}, and no others. */
@Configuration(proxyBeanMethods = false)
class AdminPanel implements WebMvcConfigurer {

    private static final String PATH = "/admin";

    @Override
    public void addViewControllers(ViewControllerRegistry views) {
        views.addRedirectViewController(PATH, PATH + "/").setStatusCode(HttpStatus.PERMANENT_REDIRECT);
        views.addViewController(PATH + "/").setViewName("forward:" + PATH + "/index.html");
    }

    /**
     * By their content, asked for at every visit: files of one name change with the monolith's version, and those in a jar all bear the time of the
     * build that is written in the POM, so a time would keep old ones alive.
     */
    @Override
    public void addResourceHandlers(ResourceHandlerRegistry files) {
        files.addResourceHandler(PATH + "/**")
                .addResourceLocations("classpath:/admin/")
                .setCacheControl(CacheControl.noCache())
                .setUseLastModified(false)
                .setEtagGenerator(AdminPanel::digest);
    }

    @Override
    public void addInterceptors(InterceptorRegistry interceptors) {
        interceptors.addInterceptor(new PanelHeaders()).addPathPatterns(PATH, PATH + "/**");
    }

    private static String digest(Resource file) {
        try {
            return Sha256.of(file.getContentAsByteArray()).hex();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
