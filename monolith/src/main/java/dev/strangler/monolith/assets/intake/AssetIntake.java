package dev.strangler.monolith.assets.intake;

import dev.strangler.contracts.ContractEvents;
import dev.strangler.contracts.assets.AssetEvents;
import dev.strangler.contracts.assets.AssetState;
import dev.strangler.contracts.assets.AssetStatus;
import dev.strangler.inbox.InboxHandler;
import dev.strangler.inbox.Latest;
import dev.strangler.inbox.ReceivedEvent;
import dev.strangler.inbox.RetryLater;
import dev.strangler.media.blobs.Blobs;
import dev.strangler.media.blobs.CopyingBlobs;
import dev.strangler.media.blobs.Sha256;
import dev.strangler.media.blobs.SourceAway;
import dev.strangler.media.blobs.Wanted;
import dev.strangler.monolith.assets.AssetId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Keeps the monolith's assets up while the service owns them, so that going back loses nothing: rows as the events tell
 * them, blobs copied by digest before the row appears. It writes as the feature's applier and publishes nothing: what it
 * applies has been published already. Goes when nobody wants to go back any more.
 *
 * <p>An asset appears only with its blobs. One whose blobs cannot be had is parked by the inbox, unless a later event is
 * known that makes it history.
 */
@Component
class AssetIntake implements InboxHandler {

    static final String CONSUMER = "monolith-assets";

    private final AssetCopies assets;
    private final Blobs blobs;
    private final CopyingBlobs copying;
    private final LaterEvents later;

    AssetIntake(AssetCopies assets, Blobs blobs, CopyingBlobs copying, LaterEvents later) {
        this.assets = assets;
        this.blobs = blobs;
        this.copying = copying;
        this.later = later;
    }

    @Override
    public String consumer() {
        return CONSUMER;
    }

    @Override
    public Set<String> topics() {
        return Set.of(AssetEvents.TOPIC);
    }

    @Override
    public Set<String> aggregateTypes() {
        return Set.of(AssetEvents.AGGREGATE);
    }

    /** The assets are fenced: only as their applier may this side write them while the other owns them. */
    @Override
    public boolean isApplier() {
        return true;
    }

    /** Copies the blobs that the assets need. What is wrong with an event is said when it is applied. */
    @Override
    public void prepare(List<ReceivedEvent> events) {
        var wanted = new HashSet<Wanted>();
        for (var event : Latest.of(AssetEvents.AGGREGATE, events)) {
            try {
                var state = state(event);
                if (state.status() != AssetStatus.PURGED) {
                    blobs(state).forEach(wanted::add);
                }
            } catch (RuntimeException unreadable) {
                // Without a digest there is nothing to copy.
            }
        }
        try {
            copying.copy(wanted);
        } catch (SourceAway away) {
            throw new RetryLater(String.valueOf(away.getMessage()), away);
        }
    }

    @Override
    public void apply(List<ReceivedEvent> events) {
        var gone = new ArrayList<AssetId>();
        var there = new ArrayList<AssetState>();
        for (var event : Latest.of(AssetEvents.AGGREGATE, events)) {
            var state = state(event);
            if (state.status() == AssetStatus.PURGED) {
                gone.add(new AssetId(state.id()));
            } else if (isComplete(state)) {
                there.add(state);
            }
        }
        assets.remove(gone);
        assets.put(there);
    }

    /**
     * Whether the asset may appear.
     *
     * @throws MissingBlob if the source cannot give a blob, and no later event explains that
     * @throws RetryLater if a blob has been there and is gone, so that it must be copied again
     */
    private boolean isComplete(AssetState asset) {
        var missing = blobs(asset)
                .map(Wanted::digest)
                .filter(digest -> blobs.find(digest).isEmpty())
                .findFirst();
        if (missing.isEmpty()) {
            return true;
        }
        var id = new AssetId(asset.id());
        if (later.supersede(id, asset.version())) {
            return false;
        }
        throw copying.whyMissing(missing.get())
                .<RuntimeException>map(why -> new MissingBlob(id, asset.version(), why))
                .orElseGet(() -> new RetryLater("Blob " + missing.get() + " has to be copied again"));
    }

    private static AssetState state(ReceivedEvent event) {
        var state = ContractEvents.read(event.payload(), AssetState.class);
        Latest.check(event, state.id(), state.version());
        return state;
    }

    private static Stream<Wanted> blobs(AssetState asset) {
        return Stream.of(
                new Wanted(new Sha256(asset.sha256()), asset.size()),
                new Wanted(
                        new Sha256(asset.thumbnail().sha256()),
                        asset.thumbnail().size()));
    }
}
