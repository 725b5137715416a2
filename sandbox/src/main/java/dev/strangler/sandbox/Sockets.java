package dev.strangler.sandbox;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Whether somebody accepts connections; spares clients their back-off and their warnings. */
final class Sockets {

    private static final int MILLIS = 1_000;

    private Sockets() {}

    static boolean accepts(int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), MILLIS);
            return true;
        } catch (IOException refused) {
            return false;
        }
    }
}
