package dev.strangler.monolith.idempotency;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Stands between an application and its PostgreSQL, and can keep the word that a transaction is committed from arriving:
 * the transaction is done, and nobody but the database knows.
 */
final class CommitGate implements AutoCloseable {

    private static final byte[] COMMITTED = "COMMIT\0".getBytes(StandardCharsets.US_ASCII);

    private final ServerSocket entrance;
    private final int databasePort;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private volatile Held held = new Held("\0 nothing");

    CommitGate(int databasePort) throws IOException {
        this.databasePort = databasePort;
        this.entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::letIn);
    }

    int port() {
        return entrance.getLocalPort();
    }

    /** From now on, keeps back the answer to the commit of that connection which sends the text. */
    Held hold(String text) {
        held = new Held(text);
        return held;
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        for (var socket : sockets) {
            socket.close();
        }
    }

    private void letIn() throws IOException {
        while (!entrance.isClosed()) {
            var application = entrance.accept();
            var database = new Socket(InetAddress.getLoopbackAddress(), databasePort);
            sockets.addAll(List.of(application, database));
            var wire = new Wire(application, database);
            start(wire::toDatabase);
            start(wire::toApplication);
        }
    }

    private static void start(Pumping work) {
        var thread = new Thread(() -> {
            try {
                work.pump();
            } catch (IOException closed) {
                // One end is gone, which is what these tests are about.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @FunctionalInterface
    private interface Pumping {
        void pump() throws IOException;
    }

    /** What is kept back. */
    static final class Held {

        private final byte[] text;
        private final CountDownLatch committed = new CountDownLatch(1);

        private Held(String text) {
            this.text = text.getBytes(StandardCharsets.UTF_8);
        }

        /** Whether the transaction was committed within that time. */
        boolean isCommittedWithin(long seconds) throws InterruptedException {
            return committed.await(seconds, TimeUnit.SECONDS);
        }
    }

    private final class Wire {

        private final Socket application;
        private final Socket database;
        private volatile boolean sentTheText;

        Wire(Socket application, Socket database) {
            this.application = application;
            this.database = database;
        }

        void toDatabase() throws IOException {
            var buffer = new byte[65_536];
            for (int n = read(application, buffer); n > 0; n = read(application, buffer)) {
                sentTheText |= contains(buffer, n, held.text);
                database.getOutputStream().write(buffer, 0, n);
            }
            database.close();
        }

        void toApplication() throws IOException {
            var buffer = new byte[65_536];
            for (int n = read(database, buffer); n > 0; n = read(database, buffer)) {
                if (sentTheText && contains(buffer, n, COMMITTED)) {
                    held.committed.countDown();
                    return;
                }
                application.getOutputStream().write(buffer, 0, n);
            }
            application.close();
        }

        private int read(Socket socket, byte[] buffer) throws IOException {
            return socket.getInputStream().read(buffer);
        }
    }

    private static boolean contains(byte[] buffer, int length, byte[] wanted) {
        for (int i = 0; i + wanted.length <= length; i++) {
            if (Arrays.equals(buffer, i, i + wanted.length, wanted, 0, wanted.length)) {
                return true;
            }
        }
        return false;
    }
}
