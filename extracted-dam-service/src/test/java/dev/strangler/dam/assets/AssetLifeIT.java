package dev.strangler.dam.assets;

import dev.strangler.dam.OwningDam;
import dev.strangler.media.AssetLifeContract;

class AssetLifeIT extends OwningDam implements AssetLifeContract {}
