package dev.strangler.media;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** An upload as bytes on the wire, so that tests can send what no well-behaved client would. */
public final class UploadRequest {

    private final String boundary = "-----" + UUID.randomUUID();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final Map<String, String> headers = new LinkedHashMap<>();

    private UploadRequest() {}

    /** A file under a name, declared as a type. */
    public static UploadRequest of(String fileName, String contentType, byte[] content) {
        return new UploadRequest().part("filename=\"" + fileName + "\"", contentType, content);
    }

    /** A file whose name is told in the way that the header fragment says. */
    public static UploadRequest named(String fragment, String contentType, byte[] content) {
        return new UploadRequest().part(fragment, contentType, content);
    }

    /** An upload that lacks its file. */
    public static UploadRequest withoutFile() {
        return new UploadRequest();
    }

    /** A field beside the file. */
    public UploadRequest field(String name, String value) {
        text("--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n");
        return this;
    }

    /** A header of the request. */
    public UploadRequest header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    private UploadRequest part(String name, String contentType, byte[] content) {
        text("--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; " + name + "\r\n");
        if (!contentType.isEmpty()) {
            text("Content-Type: " + contentType + "\r\n");
        }
        text("\r\n");
        body.writeBytes(content);
        text("\r\n");
        return this;
    }

    private void text(String text) {
        body.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The request to that address. */
    public HttpRequest to(URI address) {
        var all = new ByteArrayOutputStream();
        all.writeBytes(body.toByteArray());
        all.writeBytes(("--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
        var request = HttpRequest.newBuilder(address)
                .timeout(Duration.ofSeconds(60))
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(HttpRequest.BodyPublishers.ofByteArray(all.toByteArray()));
        headers.forEach(request::header);
        return request.build();
    }
}
