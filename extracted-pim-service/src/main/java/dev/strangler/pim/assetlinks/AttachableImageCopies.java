package dev.strangler.pim.assetlinks;

import dev.strangler.pim.products.ImageId;
import java.util.Collection;
import java.util.List;

/**
 * The same images, to be kept up by the intake and by nobody else. Joins the caller's transaction. Tables are named without
 * their schema, so that a rebuild can work on tables of the same names beside these.
 */
public interface AttachableImageCopies {

    /** All tables that these methods write, and that nothing else writes. */
    List<String> TABLES = List.of("attachable_image");

    /** Stores each image as it is unless a newer version of it is there. No image may occur twice. */
    void put(Collection<AttachableImage> images);

    /** Forgets the images; those that are not there are no mistake. */
    void remove(Collection<ImageId> ids);
}
