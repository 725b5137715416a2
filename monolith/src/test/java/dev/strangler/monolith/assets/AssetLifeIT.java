package dev.strangler.monolith.assets;

import dev.strangler.media.AssetLifeContract;

class AssetLifeIT extends RunningShop implements AssetLifeContract {}
