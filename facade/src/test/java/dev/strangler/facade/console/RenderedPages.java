package dev.strangler.facade.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockServletContext;
import org.springframework.web.context.support.StaticWebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.spring6.templateresolver.SpringResourceTemplateResolver;
import org.thymeleaf.spring6.view.ThymeleafViewResolver;

/** Pages without anything behind them; kept in {@code target/pages}, where people look at them and {@code PagesDrill} judges them in a browser. */
final class RenderedPages {

    private static final Path PAGES = Path.of("target", "pages");

    private RenderedPages() {}

    /** Rendered as the application does; kept to be looked at. */
    static String render(String view, Map<String, Object> model, String keptAs) throws Exception {
        var context = new StaticWebApplicationContext();
        context.setServletContext(new MockServletContext());
        context.refresh();
        var templates = new SpringResourceTemplateResolver();
        templates.setApplicationContext(context);
        templates.setPrefix("classpath:/dev/strangler/facade/console/");
        templates.setSuffix(".html");
        var engine = new SpringTemplateEngine();
        engine.setTemplateResolver(templates);
        var views = new ThymeleafViewResolver();
        views.setApplicationContext(context);
        views.setTemplateEngine(engine);
        views.setCharacterEncoding("UTF-8");
        var request = new MockHttpServletRequest(context.getServletContext());
        request.setAttribute(DispatcherServlet.WEB_APPLICATION_CONTEXT_ATTRIBUTE, context);
        var response = new MockHttpServletResponse();
        views.resolveViewName(view, Locale.ENGLISH).render(model, request, response);
        keep(response.getContentAsString(), keptAs);
        return response.getContentAsString();
    }

    /** Of what begins with {@code part-} no browser makes a page. */
    static void keep(String page, String name) throws IOException {
        Files.createDirectories(PAGES);
        Files.writeString(
                PAGES.resolve(name + ".html"),
                page.replace("/console/static/", "../classes/dev/strangler/facade/console/static/"));
    }
}
