package dev.strangler.dam.intake;

import dev.strangler.contracts.assets.AssetEvents;
import dev.strangler.contracts.assets.AssetState;
import dev.strangler.dam.assets.Asset;
import dev.strangler.dam.assets.AssetCopies;
import dev.strangler.dam.assets.AssetId;
import dev.strangler.inbox.InboxHandler;
import dev.strangler.inbox.Latest;
import dev.strangler.inbox.ReceivedEvent;
import dev.strangler.inbox.RetryLater;
import dev.strangler.media.blobs.Blobs;
import dev.strangler.media.blobs.CopyingBlobs;
import dev.strangler.media.blobs.SourceAway;
import dev.strangler.media.blobs.Wanted;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Keeps this service's copy of the assets: rows as the events tell them, blobs copied by digest before the row appears.
 *
 * <p>An asset appears only with its blobs. One whose blobs cannot be had is parked by the inbox, unless a later event
 * is known that makes it history. A purged asset leaves no row, and the inbox's memory of its version keeps replays from bringing it back.
 */
@Component
class AssetIntake implements InboxHandler {

    static final String CONSUMER = "dam-assets";

    private final AssetCopies assets;
    private final Blobs blobs;
    private final CopyingBlobs copying;
    private final LaterEvents later;
    private final IntakeProperties properties;

    AssetIntake(AssetCopies assets, Blobs blobs, CopyingBlobs copying, LaterEvents later, IntakeProperties properties) {
        this.assets = assets;
        this.blobs = blobs;
        this.copying = copying;
        this.later = later;
        this.properties = properties;
    }

    @Override
    public String consumer() {
        return CONSUMER;
    }

    @Override
    public Set<String> topics() {
        return Set.of(properties.assetsTopic());
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
                var state = Translation.state(event);
                if (!Translation.isGone(state)) {
                    blobs(Translation.asset(state)).forEach(wanted::add);
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
        var there = new ArrayList<Asset>();
        for (var event : Latest.of(AssetEvents.AGGREGATE, events)) {
            AssetState state = Translation.state(event);
            if (Translation.isGone(state)) {
                gone.add(Translation.id(state));
            } else if (isComplete(Translation.asset(state))) {
                there.add(Translation.asset(state));
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
    private boolean isComplete(Asset asset) {
        var missing = blobs(asset)
                .map(Wanted::digest)
                .filter(digest -> blobs.find(digest).isEmpty())
                .findFirst();
        if (missing.isEmpty()) {
            return true;
        }
        if (later.supersede(asset.id(), asset.version())) {
            return false;
        }
        throw copying.whyMissing(missing.get())
                .<RuntimeException>map(why -> new MissingBlob(asset.id(), asset.version(), why))
                .orElseGet(() -> new RetryLater("Blob " + missing.get() + " has to be copied again"));
    }

    private static Stream<Wanted> blobs(Asset asset) {
        return Stream.of(
                new Wanted(asset.original().sha256(), asset.original().size()),
                new Wanted(asset.thumbnail().sha256(), asset.thumbnail().size()));
    }
}
