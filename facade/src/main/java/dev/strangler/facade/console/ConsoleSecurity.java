package dev.strangler.facade.console;

import dev.strangler.facade.audit.Audit;
import dev.strangler.facade.audit.Audit.Channel;
import dev.strangler.facade.audit.Audit.Outcome;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.MediaType;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/** Nobody sees a page without having logged in, no foreign page makes anybody act, and no text ever becomes a script. */
@Configuration(proxyBeanMethods = false)
class ConsoleSecurity {

    static final String HOME = "/console";
    static final String LOG_IN = "/console/log-in";
    static final String[] FOR_ALL = {LOG_IN, "/console/static/**", "/console/webjars/**"};

    /** No script and no style but our own files, nothing from elsewhere, in nobody's frame. */
    static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
            + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    SecurityFilterChain consoleChain(
            HttpSecurity http,
            LoggingIn loggingIn,
            Audit audit,
            Clock clock,
            @Value("${facade.console.longest-log-in}") Duration longest)
            throws Exception {
        var ending = new EndingLogIns(longest, clock);
        return http.securityMatcher("/", HOME, HOME + "/**")
                .addFilterBefore(ending, SecurityContextHolderFilter.class)
                .authorizeHttpRequests(requests -> requests
                        // The second half of a request that was let in already; and the log-in page, shown in place of
                        // another.
                        .dispatcherTypeMatchers(DispatcherType.ASYNC, DispatcherType.FORWARD)
                        .permitAll()
                        .requestMatchers(FOR_ALL)
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .authenticationManager(new ProviderManager(loggingIn))
                .formLogin(form -> form.loginPage(LOG_IN)
                        .loginProcessingUrl(LOG_IN)
                        .usernameParameter("who")
                        .passwordParameter("token")
                        .successHandler((request, response, in) -> {
                            ending.begin(request.getSession());
                            audit.note(logIn(operator(in)), Outcome.DONE, "");
                            response.sendRedirect(wanted(request));
                        })
                        .failureHandler((request, response, failure) -> refuse(audit, request, response, failure)))
                .logout(logout -> logout.logoutUrl("/console/log-out")
                        .deleteCookies("strangler-console")
                        .logoutSuccessUrl(LOG_IN + "?out"))
                .requestCache(cache -> cache.disable())
                .httpBasic(basic -> basic.disable())
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(POLICY))
                        .frameOptions(frame -> frame.deny())
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN)))
                .exceptionHandling(handling -> handling.authenticationEntryPoint(
                                (request, response, failure) -> askIn(request, response))
                        .accessDeniedHandler((request, response, failure) -> deny(audit, request, response, failure)))
                .build();
    }

    /** Shows the log-in page in place of the one that was asked for. */
    private static void askIn(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        if (request.getHeader("HX-Request") != null) {
            response.setHeader("HX-Redirect", LOG_IN + "?next=" + page(request));
        } else if (request.getMethod().equals("GET")) {
            request.getRequestDispatcher(LOG_IN).forward(request, response);
        } else {
            plain(response, "You are not logged in, so nothing was done. Log in at %s.".formatted(LOG_IN));
        }
    }

    private static void deny(
            Audit audit, HttpServletRequest request, HttpServletResponse response, AccessDeniedException failure)
            throws IOException, ServletException {
        var operator = operator(SecurityContextHolder.getContext().getAuthentication());
        if (operator == null && !request.getRequestURI().equals(LOG_IN)) {
            askIn(request, response);
            return;
        }
        if (operator != null) {
            var asked = operator.asks(Act.FORGED, "", request.getRequestURI());
            audit.note(asked, Outcome.REFUSED, String.valueOf(failure.getMessage()));
        }
        response.setStatus(HttpServletResponse.SC_FORBIDDEN);
        plain(
                response,
                "Nothing was done: this form was not made for your session, or it is from before you logged in. Go back to %s, load the page anew, and repeat it."
                        .formatted(HOME));
    }

    private static void refuse(
            Audit audit, HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException {
        var isGuessing = failure instanceof LockedException;
        if (!isGuessing) {
            audit.note(logIn(null), Outcome.REFUSED, String.valueOf(failure.getMessage()));
        }
        var next = wanted(request);
        response.sendRedirect(LOG_IN + (isGuessing ? "?wait" : "?wrong") + (next.equals(HOME) ? "" : "&next=" + next));
    }

    private static Audit.Asked logIn(@Nullable Operator operator) {
        return operator == null
                ? new Audit.Asked(Channel.CONSOLE, Audit.NOBODY, Audit.NO_ROLE, Act.LOG_IN.verb(), "", "")
                : operator.asks(Act.LOG_IN, "", "");
    }

    /** A page of the console, never anything elsewhere. */
    static String wanted(HttpServletRequest request) {
        return wanted(request.getParameter("next"));
    }

    private static String wanted(@Nullable String next) {
        return next != null && next.matches("/console(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*") ? next : HOME;
    }

    /** The page that one of its parts is asked for by. */
    private static String page(HttpServletRequest request) {
        try {
            return wanted(URI.create(Objects.toString(request.getHeader("HX-Current-URL"), ""))
                    .getPath());
        } catch (IllegalArgumentException unreadable) {
            return HOME;
        }
    }

    /** Who is logged in, if anybody. */
    static @Nullable Operator operator(@Nullable Authentication in) {
        return in != null && in.getPrincipal() instanceof Operator operator ? operator : null;
    }

    private static void plain(HttpServletResponse response, String text) throws IOException {
        response.setContentType(MediaType.TEXT_PLAIN_VALUE);
        response.setCharacterEncoding("UTF-8");
        response.getWriter().write(text);
    }
}
