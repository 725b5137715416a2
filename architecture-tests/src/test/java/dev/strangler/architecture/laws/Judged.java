package dev.strangler.architecture.laws;

import dev.strangler.cutover.FeatureMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A map of the corpus' two features, for tests. */
final class Judged {

    private Judged() {}

    static FeatureMap map(Path directory) throws IOException {
        return FeatureMap.load(Files.writeString(directory.resolve("strangler.yml"), """
                monolith: &process
                  url: http://127.0.0.1:8090
                  database:
                    url: jdbc:postgresql://127.0.0.1:5432/shop
                    owner: {name: shop, password: shop}
                    relay: {name: relay, password: relay}
                services: {dam: *process, pim: *process}
                kafka: {bootstrap: 127.0.0.1:9092}
                connect: {url: http://127.0.0.1:8083}
                features:
                  assets:
                    service: dam
                    paths: [/assets]
                    aggregates: [Asset]
                    topic: assets.v1
                    tables:
                      monolith: [asset, asset_tag, asset_use, rendition, licence, licence_text, stamp, sticker, sticker_colour]
                      service: [asset]
                    packages:
                      monolith: [dev.strangler.architecture.fixtures.corpus.assets]
                      service: [dam]
                  products:
                    service: pim
                    paths: [/products]
                    aggregates: [Product]
                    topic: products.v1
                    tables: {monolith: [product, product_image, product_asset], service: [product]}
                    packages:
                      monolith: [dev.strangler.architecture.fixtures.corpus.products]
                      service: [pim]
                """), Map.of());
    }
}
