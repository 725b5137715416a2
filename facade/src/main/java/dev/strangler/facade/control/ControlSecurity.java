package dev.strangler.facade.control;

import dev.strangler.facade.audit.Audit;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Nothing on the control port is answered without the token, but whether the façade lives. */
@Configuration(proxyBeanMethods = false)
class ControlSecurity {

    static final String HEALTH = "/control/health";

    private static final String NO_TOKEN =
            "The control API answers nobody without its token. Send it as Authorization: Bearer.";

    @Bean
    ControlToken controlToken(
            @Value("${strangler.token-file:}") String file, @Value("${strangler.token:}") String text) {
        return ControlToken.of(file, text);
    }

    @Bean
    SecurityFilterChain controlChain(
            HttpSecurity http,
            ControlToken token,
            Audit audit,
            @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems,
            Clock clock)
            throws Exception {
        // No bean, since the container would have it look at the console's forms, too.
        var auditing = new AuditFilter(audit, problems, clock);
        return http.authorizeHttpRequests(requests -> requests
                        // The second half of a request that was let in already.
                        .dispatcherTypeMatchers(DispatcherType.ASYNC)
                        .permitAll()
                        .requestMatchers(HEALTH)
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .addFilterBefore(new BearerFilter(token), AnonymousAuthenticationFilter.class)
                .addFilterAfter(auditing, AuthorizationFilter.class)
                // No cookie or password ever lets anybody in, so a foreign page has nothing to abuse.
                .csrf(csrf -> csrf.disable())
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .formLogin(form -> form.disable())
                .httpBasic(basic -> basic.disable())
                .logout(logout -> logout.disable())
                .requestCache(cache -> cache.disable())
                .exceptionHandling(handling -> handling.authenticationEntryPoint((request, response, failure) ->
                                refuse(auditing, request, response, HttpStatus.UNAUTHORIZED))
                        .accessDeniedHandler((request, response, failure) ->
                                refuse(auditing, request, response, HttpStatus.FORBIDDEN)))
                .build();
    }

    /** Without one, Boot would make a user with a generated password. */
    @Bean
    AuthenticationManager noPasswords() {
        return authentication -> {
            throw new AuthenticationServiceException("Nobody logs in here with a password.");
        };
    }

    private static void refuse(
            AuditFilter auditing, HttpServletRequest request, HttpServletResponse response, HttpStatus status)
            throws IOException {
        auditing.refused(request, NO_TOKEN);
        response.setStatus(status.value());
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        response.setContentType("application/problem+json");
        response.getWriter()
                .write(("{\"type\":\"urn:strangler:problem:no-token\",\"title\":\"No token\",\"status\":%s,"
                                + "\"detail\":\"%s\"}")
                        .formatted(status.value(), NO_TOKEN));
    }
}
