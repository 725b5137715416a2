package dev.strangler.side.rebuilds;

import dev.strangler.side.refusals.Refusal;
import java.net.URI;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** For operators on this machine only: the façade never routes to it. */
@RestController
@RequestMapping("/internal/rebuild")
class AskingForRebuilds {

    private static final URI HERE = URI.create("/internal/rebuild");

    private final Rebuilding rebuilding;

    AskingForRebuilds(Rebuilding rebuilding) {
        this.rebuilding = rebuilding;
    }

    /** 202: it has begun, and {@code GET} tells how it goes. Takes JSON only, which no foreign web page can send here. */
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Rebuilding.Progress> rebuild(@RequestBody Wish wish) {
        if (wish.consumer() == null) {
            throw Refusal.invalid("consumer", "is missing; name the consumer whose projection is to be rebuilt");
        }
        return ResponseEntity.accepted().location(HERE).body(rebuilding.start(wish.consumer()));
    }

    @GetMapping
    Collection<Rebuilding.Progress> progress() {
        return rebuilding.progress();
    }

    /** The projection of which consumer. */
    record Wish(@Nullable String consumer) {}
}
