package dev.strangler.monolith.assets;

import dev.strangler.media.HostileUploadsContract;

class HostileUploadsIT extends RunningShop implements HostileUploadsContract {}
