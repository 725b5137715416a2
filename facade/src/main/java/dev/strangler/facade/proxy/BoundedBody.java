package dev.strangler.facade.proxy;

import io.undertow.server.ConduitWrapper;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.AttachmentKey;
import io.undertow.util.ConduitFactory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Duration;
import org.xnio.IoUtils;
import org.xnio.channels.StreamSinkChannel;
import org.xnio.conduits.AbstractStreamSourceConduit;
import org.xnio.conduits.ConduitReadableByteChannel;
import org.xnio.conduits.StreamSourceConduit;

/**
 * A body, counted as it passes: beyond the limit it breaks off, and the client is told. It also knows how long the client has been waited for;
 * time in which the side takes nothing does not count. Lives on the exchange's I/O thread alone.
 */
final class BoundedBody extends AbstractStreamSourceConduit<StreamSourceConduit> {

    private static final AttachmentKey<BoundedBody> KEY = AttachmentKey.create(BoundedBody.class);
    private static final AttachmentKey<Boolean> TOO_LARGE = AttachmentKey.create(Boolean.class);

    private final HttpServerExchange exchange;
    private final long limit;
    private final Runnable giveUp;
    private long passed;
    private boolean isWaiting;
    private long waitingSince;

    private BoundedBody(StreamSourceConduit next, HttpServerExchange exchange, long limit, Runnable giveUp) {
        super(next);
        this.exchange = exchange;
        this.limit = limit;
        this.giveUp = giveUp;
    }

    /** @param giveUp called on the exchange's I/O thread when the body turns out to be too long */
    static void apply(HttpServerExchange exchange, long limit, Runnable giveUp) {
        exchange.addRequestWrapper(new ConduitWrapper<StreamSourceConduit>() {
            @Override
            public StreamSourceConduit wrap(ConduitFactory<StreamSourceConduit> factory, HttpServerExchange same) {
                var body = new BoundedBody(factory.create(), same, limit, giveUp);
                same.putAttachment(KEY, body);
                return body;
            }
        });
    }

    /** How long the client has sent nothing though more of the body was asked for. */
    static Duration waited(HttpServerExchange exchange) {
        var body = exchange.getAttachment(KEY);
        return body == null || !body.isWaiting
                ? Duration.ZERO
                : Duration.ofNanos(System.nanoTime() - body.waitingSince);
    }

    static boolean wasTooLarge(HttpServerExchange exchange) {
        return exchange.getAttachment(TOO_LARGE) != null;
    }

    @Override
    public int read(ByteBuffer buffer) throws IOException {
        var start = buffer.position();
        var read = next.read(buffer);
        notice(read);
        if (exceeds(read)) {
            buffer.position(start);
            return 0;
        }
        return read;
    }

    @Override
    public long read(ByteBuffer[] buffers, int offset, int length) throws IOException {
        var total = 0L;
        for (var index = offset; index < offset + length; index++) {
            var read = read(buffers[index]);
            if (read < 0) {
                return total == 0 ? read : total;
            }
            total += read;
            if (buffers[index].hasRemaining()) {
                break;
            }
        }
        return total;
    }

    @Override
    public long transferTo(long position, long count, FileChannel target) throws IOException {
        return target.transferFrom(new ConduitReadableByteChannel(this), position, count);
    }

    @Override
    public long transferTo(long count, ByteBuffer through, StreamSinkChannel target) throws IOException {
        return IoUtils.transfer(new ConduitReadableByteChannel(this), count, through, target);
    }

    private void notice(int read) {
        if (read != 0) {
            isWaiting = false;
        } else if (!isWaiting) {
            isWaiting = true;
            waitingSince = System.nanoTime();
        }
    }

    /** The first time it does, what is too much is dropped and the passage given up; the rest is only drained. */
    private boolean exceeds(int read) {
        passed += Math.max(0, read);
        if (passed <= limit || wasTooLarge(exchange)) {
            return false;
        }
        exchange.putAttachment(TOO_LARGE, true);
        exchange.getIoThread().execute(giveUp);
        return true;
    }
}
