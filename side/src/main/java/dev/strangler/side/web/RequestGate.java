package dev.strangler.side.web;

import dev.strangler.side.refusals.Refusal;
import dev.strangler.side.refusals.Refusal.Kind;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * The first that a request meets. Says on every answer who gave it, refuses what no handler should ever see, and takes in
 * the body of a command up to a limit, so that its digest is known before anything is done. Uploads pass as streams; the
 * multipart limits are theirs.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class RequestGate extends OncePerRequestFilter {

    /** Header that says who answered. */
    static final String SERVED_BY = "X-Served-By";

    /** Attribute with the digest of the body, in hexadecimal. */
    static final String BODY_DIGEST = RequestGate.class.getName() + ".bodyDigest";

    /** Largest body that is not an upload, in bytes. */
    static final int MAX_BODY = 1024 * 1024;

    private final String servedBy;
    private final HandlerExceptionResolver problems;

    RequestGate(String servedBy, HandlerExceptionResolver problems) {
        this.servedBy = servedBy;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        response.setHeader(SERVED_BY, servedBy);
        HttpServletRequest admitted;
        try {
            refuseNul(request);
            admitted = isUpload(request) ? request : taken(request);
        } catch (Refusal refusal) {
            problems.resolveException(request, response, null, refusal);
            return;
        }
        chain.doFilter(admitted, response);
    }

    private static void refuseNul(HttpServletRequest request) {
        String query = request.getQueryString();
        if (request.getRequestURI().contains("%00") || (query != null && query.contains("%00"))) {
            throw Refusal.of(Kind.INVALID, "The address contains a NUL character (%00), which no name here can have.");
        }
    }

    private static boolean isUpload(HttpServletRequest request) {
        String type = request.getContentType();
        return type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/");
    }

    private static HttpServletRequest taken(HttpServletRequest request) throws IOException {
        if (request.getContentLengthLong() > MAX_BODY) {
            throw tooLarge();
        }
        byte[] body;
        try {
            body = request.getInputStream().readNBytes(MAX_BODY + 1);
        } catch (IOException broken) {
            throw Refusal.of(Kind.INVALID, "The body broke off before its announced end. Send the request again.");
        }
        if (body.length > MAX_BODY) {
            throw tooLarge();
        }
        request.setAttribute(BODY_DIGEST, digest(body));
        return new TakenRequest(request, body);
    }

    private static Refusal tooLarge() {
        return Refusal.of(
                Kind.TOO_LARGE,
                "The body is larger than " + MAX_BODY
                        + " bytes, the limit of everything but uploads. Send less at a time.");
    }

    private static String digest(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
    }

    /** A request whose body was read before and is told again. */
    private static final class TakenRequest extends HttpServletRequestWrapper {

        private final ServletInputStream body;

        TakenRequest(HttpServletRequest request, byte[] body) {
            super(request);
            this.body = new TakenBody(body);
        }

        @Override
        public ServletInputStream getInputStream() {
            return body;
        }

        @Override
        public BufferedReader getReader() {
            return new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
        }
    }

    private static final class TakenBody extends ServletInputStream {

        private final ByteArrayInputStream bytes;

        TakenBody(byte[] body) {
            this.bytes = new ByteArrayInputStream(body);
        }

        @Override
        public int read() {
            return bytes.read();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            return bytes.read(buffer, offset, length);
        }

        @Override
        public boolean isFinished() {
            return bytes.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(@Nullable ReadListener listener) {
            throw new UnsupportedOperationException("A body taken in is read in one go, not by listener.");
        }
    }
}
