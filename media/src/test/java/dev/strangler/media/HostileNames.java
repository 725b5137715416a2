package dev.strangler.media;

import java.util.stream.Stream;

/** Names that no file should have, in the ways that a client can tell them on the wire. */
public final class HostileNames {

    private HostileNames() {}

    /**
     * A way to tell a name on the wire, and what the refusal must speak of.
     *
     * @param fragment of the header {@code Content-Disposition}
     */
    public record Bad(String what, String fragment, String says) {
        @Override
        public String toString() {
            return what;
        }
    }

    /** All of them; each deserves the status 400. */
    public static Stream<Bad> all() {
        return Stream.of(
                new Bad("traversal", "filename=\"../../etc/passwd.png\"", "path"),
                new Bad("windows traversal", "filename*=UTF-8''..%5C..%5Cboot.png", "path"),
                new Bad("encoded traversal", "filename=\"..%2f..%2fetc%2fpasswd.png\"", "percent-encoded"),
                new Bad("double-encoded traversal", "filename=\"..%252f..%252fx.png\"", "percent-encoded"),
                new Bad("absolute path", "filename=\"/etc/passwd.png\"", "path"),
                new Bad("quote", "filename*=UTF-8''a%22b.png", "quotation"),
                new Bad("NUL", "filename*=UTF-8''a.php%00.png", "control"),
                new Bad("raw NUL", "filename=\"a.php\0.png\"", ""),
                new Bad("encoded NUL", "filename=\"a.php%00.png\"", "percent-encoded"),
                new Bad("CR LF", "filename*=UTF-8''a%0D%0ASet-Cookie:%20x.png", "control"),
                new Bad("CR LF as browsers write it", "filename=\"a%0D%0ASet-Cookie: x.png\"", "percent-encoded"),
                new Bad("raw CR LF", "filename=\"a.png\r\nX-Evil: yes\"", ""),
                new Bad("bidi override", "filename*=UTF-8''gpj.%E2%80%AEgnp.png", "text-direction"),
                new Bad("raw bidi override", "filename=\"gpj.\u202Egnp.png\"", "text-direction"),
                new Bad("isolates", "filename=\"a\u2066b.png\"", "text-direction"),
                new Bad("line separator", "filename=\"a\u2028b.png\"", "control"),
                new Bad("escape sequence", "filename=\"a\u001B[31m.png\"", "control"),
                new Bad("4 KB", "filename=\"" + "n".repeat(4096) + ".png\"", "characters"),
                new Bad("20 KB", "filename=\"" + "n".repeat(20_000) + ".png\"", "too long"),
                new Bad("201 characters", "filename=\"" + "n".repeat(197) + ".png\"", "201 characters"),
                new Bad("long in bytes", "filename=\"" + "\u65E5".repeat(90) + ".png\"", "255 bytes"),
                new Bad("empty", "filename=\"\"", ""),
                new Bad("blank", "filename=\"   \"", "no name"));
    }
}
