package dev.strangler.dam.assets;

import dev.strangler.dam.OwningDam;
import dev.strangler.media.UploadingContract;

class UploadingAssetsIT extends OwningDam implements UploadingContract {}
