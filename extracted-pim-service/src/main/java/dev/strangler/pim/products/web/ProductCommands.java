package dev.strangler.pim.products.web;

import dev.strangler.pim.web.Refusal;
import dev.strangler.pim.web.Refusal.Kind;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/** Changing products is their owner's: whoever asks this service for it has taken a wrong turn, and nothing is done. */
@RestController
class ProductCommands {

    @RequestMapping(
            path = {"/api/products", "/api/products/**"},
            method = {RequestMethod.POST, RequestMethod.PUT, RequestMethod.PATCH, RequestMethod.DELETE})
    ResponseEntity<Void> misdirected() {
        throw Refusal.of(
                Kind.MISDIRECTED_REQUEST,
                "The monolith owns the feature 'products'; this service holds a read-only copy, so nothing was done."
                        + " Send the command to the façade, which knows the owner.");
    }
}
