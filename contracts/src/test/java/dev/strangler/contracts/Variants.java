package dev.strangler.contracts;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Documents close to an example: each lacks one field, or has one that is null, empty or unknown. Examples show what
 * publishers usually send; variants show what the schema lets them send as well.
 */
final class Variants {

    /** @param change what was done to the example, in words */
    record Variant(JsonNode document, String change) {}

    private Variants() {}

    static List<Variant> of(JsonNode example) {
        var variants = new ArrayList<Variant>();
        vary(example, example, "", variants);
        return variants;
    }

    private static void vary(JsonNode root, JsonNode node, String pointer, List<Variant> variants) {
        if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                vary(root, array.get(i), pointer + "/" + i, variants);
            }
        }
        if (!(node instanceof ObjectNode object)) {
            return;
        }
        add(root, pointer, "with an unknown field", variants, copy -> copy.put("unknown-to-all", 1));
        for (String field : object.propertyNames()) {
            String place = pointer + "/" + field;
            add(root, pointer, "without " + place, variants, copy -> copy.remove(field));
            add(root, pointer, "with null at " + place, variants, copy -> copy.putNull(field));
            var nodes = JsonNodeFactory.instance;
            if (object.get(field).isArray()) {
                add(root, pointer, "with nothing in " + place, variants, copy -> copy.set(field, nodes.arrayNode()));
            }
            if (object.get(field).isString()) {
                add(root, pointer, "with no text at " + place, variants, copy -> copy.put(field, ""));
                add(root, pointer, "with a long text at " + place, variants, copy -> copy.put(field, "x".repeat(5000)));
            }
            if (object.get(field).isNumber()) {
                add(root, pointer, "with 0 at " + place, variants, copy -> copy.put(field, 0));
                add(root, pointer, "with -1 at " + place, variants, copy -> copy.put(field, -1));
                add(
                        root,
                        pointer,
                        "with a large number at " + place,
                        variants,
                        copy -> copy.put(field, Long.MAX_VALUE));
            }
            vary(root, object.get(field), place, variants);
        }
    }

    private static void add(
            JsonNode root, String pointer, String change, List<Variant> variants, Consumer<ObjectNode> edit) {
        var copy = root.deepCopy();
        edit.accept((ObjectNode) copy.at(pointer));
        variants.add(new Variant(copy, change));
    }
}
