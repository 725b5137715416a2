package dev.strangler.dam.assets;

import dev.strangler.dam.OwningDam;
import dev.strangler.media.PurgingContract;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Autowired;

class PurgingAssetsIT extends OwningDam implements PurgingContract {

    @Autowired
    private PurgingAssets purging;

    @Override
    public int purge() {
        return purging.purge();
    }

    @Override
    public void advance(Duration by) {
        clock.advance(by);
    }
}
