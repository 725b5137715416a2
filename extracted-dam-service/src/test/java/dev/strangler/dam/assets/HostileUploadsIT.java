package dev.strangler.dam.assets;

import dev.strangler.dam.OwningDam;
import dev.strangler.media.HostileUploadsContract;

class HostileUploadsIT extends OwningDam implements HostileUploadsContract {}
