package dev.strangler.pim.products;

import java.util.Collection;
import java.util.Set;

/** What products ask of the images that somebody else keeps. */
public interface Images {

    /**
     * Those of the images that are not known here: never uploaded, purged, or uploaded so lately that this service has not
     * heard of them yet. An image in the trash is known.
     */
    Set<ImageId> missing(Collection<ImageId> ids);
}
