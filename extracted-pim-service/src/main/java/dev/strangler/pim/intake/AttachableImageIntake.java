package dev.strangler.pim.intake;

import dev.strangler.contracts.assets.AssetEvents;
import dev.strangler.inbox.InboxHandler;
import dev.strangler.inbox.Latest;
import dev.strangler.inbox.ReceivedEvent;
import dev.strangler.pim.assetlinks.AttachableImage;
import dev.strangler.pim.assetlinks.AttachableImageCopies;
import dev.strangler.pim.products.ImageId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Keeps the list of attachable images: an asset is in it from its upload until it is purged, and known to lie in the trash. */
@Component
class AttachableImageIntake implements InboxHandler {

    static final String CONSUMER = "pim-attachable-images";

    private final AttachableImageCopies images;
    private final IntakeProperties properties;

    AttachableImageIntake(AttachableImageCopies images, IntakeProperties properties) {
        this.images = images;
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

    @Override
    public void apply(List<ReceivedEvent> events) {
        var gone = new ArrayList<ImageId>();
        var there = new ArrayList<AttachableImage>();
        for (var event : Latest.of(AssetEvents.AGGREGATE, events)) {
            var state = Translation.asset(event);
            if (Translation.isAttachable(state)) {
                there.add(Translation.image(state));
            } else {
                gone.add(Translation.imageId(state));
            }
        }
        images.remove(gone);
        images.put(there);
    }
}
