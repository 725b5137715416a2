package dev.strangler.dam.assets.web;

import dev.strangler.side.refusals.Refusal;
import dev.strangler.side.refusals.Refusal.Kind;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/** Changing assets is their owner's: whoever asks this service for it has taken a wrong turn, and nothing is done. */
@RestController
class AssetCommands {

    @RequestMapping(
            path = {"/api/assets", "/api/assets/**"},
            method = {RequestMethod.POST, RequestMethod.PUT, RequestMethod.PATCH, RequestMethod.DELETE})
    ResponseEntity<Void> misdirected() {
        throw Refusal.of(
                Kind.MISDIRECTED_REQUEST,
                "The monolith owns the feature 'assets'; this service holds a read-only copy, so nothing was done."
                        + " Send the command to the façade, which knows the owner.");
    }
}
