package dev.strangler.media.blobs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Brings the blobs that are wanted into the store, a few at a time. What is there already is not copied again.
 *
 * <p>A blob that the source does not have, or has with other bytes, is not this class's to judge: it stays missing, and
 * {@link #whyMissing} tells why for whoever needs it.
 */
@Component
public class CopyingBlobs implements DisposableBean {

    private static final int REMEMBERED = 1_000;

    private final Blobs blobs;
    private final BlobSource source;
    private final int copies;
    private final ExecutorService copiers;
    private final Map<Sha256, String> reasons = Collections.synchronizedMap(new LastFew());

    CopyingBlobs(BlobProperties properties, Blobs blobs, BlobSource source) {
        this.blobs = blobs;
        this.source = source;
        this.copies = properties.copies();
        this.copiers = Executors.newFixedThreadPool(copies, work -> {
            var thread = new Thread(work, "blob-copy");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Returns when each of the blobs is in the store or known to be unusable. May be called again for the same ones.
     *
     * @throws SourceAway if the source cannot be asked at the moment; some of the blobs may have been copied
     */
    public void copy(Collection<Wanted> wanted) {
        var missing = new ConcurrentLinkedQueue<Wanted>();
        for (var blob : wanted) {
            if (!isThere(blob.digest())) {
                missing.add(blob);
            }
        }
        var working = new ArrayList<Future<?>>();
        for (int copier = 0; copier < Math.min(copies, missing.size()); copier++) {
            working.add(copiers.submit(() -> copyAll(missing)));
        }
        finish(working);
    }

    /** Why the last try to copy that blob did not bring it in; empty if it did, or was long ago. */
    public Optional<String> whyMissing(Sha256 digest) {
        return Optional.ofNullable(reasons.get(digest));
    }

    private boolean isThere(Sha256 digest) {
        try {
            return blobs.renew(digest);
        } catch (IOException failure) {
            throw ownDisk(digest, failure);
        }
    }

    private void copyAll(Queue<Wanted> missing) {
        for (var blob = missing.poll(); blob != null; blob = missing.poll()) {
            try {
                source.copy(blob.digest(), blob.size(), blobs);
                reasons.remove(blob.digest());
            } catch (Unusable refusal) {
                reasons.put(blob.digest(), String.valueOf(refusal.getMessage()));
            } catch (IOException failure) {
                missing.clear();
                throw ownDisk(blob.digest(), failure);
            } catch (SourceAway away) {
                // The others would only wait for the same.
                missing.clear();
                throw away;
            }
        }
    }

    /** A full or broken disk is no fault of the event: it waits like one whose source is away. */
    private static SourceAway ownDisk(Sha256 digest, IOException failure) {
        return new SourceAway("The blob store cannot take in " + digest + ": " + failure, failure);
    }

    private static void finish(List<Future<?>> working) {
        for (var copier : working) {
            try {
                copier.get();
            } catch (ExecutionException failure) {
                if (failure.getCause() instanceof SourceAway away) {
                    throw away;
                }
                throw new IllegalStateException("Copying of blobs failed", failure.getCause());
            } catch (InterruptedException stopping) {
                working.forEach(other -> other.cancel(true));
                Thread.currentThread().interrupt();
                throw new SourceAway("Copying of blobs was ended, as this process stops", stopping);
            }
        }
    }

    @Override
    public void destroy() {
        copiers.shutdownNow();
    }

    private static final class LastFew extends LinkedHashMap<Sha256, String> {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Sha256, String> eldest) {
            return size() > REMEMBERED;
        }
    }
}
