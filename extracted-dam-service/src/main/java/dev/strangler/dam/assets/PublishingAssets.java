package dev.strangler.dam.assets;

import dev.strangler.contracts.ContractEvents;
import dev.strangler.contracts.assets.AssetEvents;
import dev.strangler.contracts.assets.AssetState;
import dev.strangler.contracts.assets.AssetStatus;
import dev.strangler.contracts.assets.Rendition;
import dev.strangler.outbox.Outbox;
import dev.strangler.outbox.OutboxEvent;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.springframework.stereotype.Component;

/** Says every change of an asset in the words of the contract, in the transaction of the change. */
@Component
class PublishingAssets {

    private final Outbox outbox;
    private final Clock clock;

    PublishingAssets(Outbox outbox, Clock clock) {
        this.outbox = outbox;
        this.clock = clock;
    }

    /** Appends what just happened, with the whole asset as it is now. */
    void publish(String type, Asset asset) {
        append(type, state(asset, AssetStatus.valueOf(asset.status().name()), asset.version()));
    }

    /** Appends that the asset is gone; its last state is one version on, and the row goes with it. */
    void publishPurged(Asset asset) {
        append(AssetEvents.PURGED, state(asset, AssetStatus.PURGED, asset.version() + 1));
    }

    private void append(String type, AssetState state) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        outbox.append(new OutboxEvent(
                AssetEvents.AGGREGATE,
                state.id().toString(),
                state.version(),
                type,
                AssetEvents.SCHEMA_VERSION,
                ContractEvents.write(state),
                now));
    }

    private static AssetState state(Asset asset, AssetStatus status, long version) {
        var original = asset.original();
        var thumbnail = asset.thumbnail();
        return new AssetState(
                asset.id().value(),
                original.owner(),
                original.fileName(),
                original.contentType(),
                original.size(),
                original.sha256().hex(),
                original.width(),
                original.height(),
                asset.tags(),
                status,
                version,
                asset.uploadedAt(),
                asset.trashedAt(),
                new Rendition(
                        thumbnail.sha256().hex(),
                        thumbnail.contentType(),
                        thumbnail.size(),
                        thumbnail.width(),
                        thumbnail.height()));
    }
}
