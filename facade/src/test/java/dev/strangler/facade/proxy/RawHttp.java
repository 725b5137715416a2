package dev.strangler.facade.proxy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** A connection on which a test writes what no HTTP client would. */
final class RawHttp implements AutoCloseable {

    private final Socket socket;

    RawHttp(int port) throws IOException {
        socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(4_000);
    }

    /** Sends the text and reads until the server ends the connection, or has said nothing for a while. */
    static String send(int port, String text) throws IOException {
        try (var raw = new RawHttp(port)) {
            raw.write(text);
            var answer = new ByteArrayOutputStream();
            try {
                for (var next = raw.socket.getInputStream().read();
                        next >= 0;
                        next = raw.socket.getInputStream().read()) {
                    answer.write(next);
                }
            } catch (SocketTimeoutException silence) {
                // the connection stays open; what was said so far is the answer
            }
            return answer.toString(StandardCharsets.ISO_8859_1);
        }
    }

    void write(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    String readLine() throws IOException {
        var line = new StringBuilder();
        for (var next = socket.getInputStream().read();
                next >= 0 && next != '\n';
                next = socket.getInputStream().read()) {
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
