package dev.strangler.cli.catalogue;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Makes one product of all rows of a handle. The shop has no variants: a product takes the SKU and the price of the
 * first variant that has one.
 */
final class JoiningRows {

    private final ImageFiles images;
    private final List<BadRow> badRows;
    private final Map<String, ExportRow> firstUseOfSku = new HashMap<>();

    JoiningRows(ImageFiles images, List<BadRow> badRows) {
        this.images = images;
        this.badRows = badRows;
    }

    /** The product, or nothing when it cannot go in; the reason is among the bad rows then. */
    Optional<CatalogueProduct> join(List<ExportRow> rows) {
        var first = rows.get(0);
        var name = first.get("Title");
        var price = price(rows);
        var pictures = pictures(rows);
        if (name.isEmpty()) {
            badRows.add(first.bad("the product has no Title in its first row. Give it one."));
            return Optional.empty();
        }
        if (price.isEmpty()) {
            badRows.add(first.bad(
                    "no row of the product has a usable Variant Price, and the shop sells nothing without one."
                            + " Give one of its variants a price."));
            return Optional.empty();
        }
        var sku = firstOf(rows, "Variant SKU").orElse(first.handle());
        var earlier = firstUseOfSku.putIfAbsent(sku, first);
        if (earlier != null) {
            badRows.add(first.bad("the SKU '" + sku + "' is taken by '" + earlier.handle() + "' in line "
                    + earlier.line() + ". A SKU names one product; change one of the two."));
            return Optional.empty();
        }
        return Optional.of(new CatalogueProduct(
                first.line(),
                first.handle(),
                sku,
                name,
                PlainText.of(first.get("Body (HTML)")),
                price.get(),
                tags(first),
                pictures));
    }

    private static Optional<String> firstOf(List<ExportRow> rows, String column) {
        return rows.stream()
                .map(row -> row.get(column))
                .filter(value -> !value.isEmpty())
                .findFirst();
    }

    private Optional<BigDecimal> price(List<ExportRow> rows) {
        Optional<BigDecimal> first = Optional.empty();
        for (var row : rows) {
            var text = row.get("Variant Price");
            if (!text.isEmpty()) {
                var price = amount(text);
                if (price.isEmpty()) {
                    badRows.add(row.bad("the Variant Price '" + text
                            + "' is not an amount such as 12.50, 0 or more, without a currency sign. Correct it."));
                }
                first = first.or(() -> price);
            }
        }
        return first;
    }

    /** Cents are kept even when they are zero, further zeros are not: 10.000 becomes 10.00, 1.125 stays. */
    private static Optional<BigDecimal> amount(String text) {
        if (!text.matches("[0-9]{1,12}(\\.[0-9]{1,6})?")) {
            return Optional.empty();
        }
        var amount = new BigDecimal(text).stripTrailingZeros();
        return Optional.of(amount.scale() < 2 ? amount.setScale(2) : amount);
    }

    private static List<String> tags(ExportRow first) {
        return Stream.concat(Arrays.stream(first.get("Tags").split(",")), Stream.of(first.get("Type")))
                .map(String::strip)
                .filter(tag -> !tag.isEmpty())
                .distinct()
                .toList();
    }

    private List<CatalogueImage> pictures(List<ExportRow> rows) {
        record Placed(int position, CatalogueImage image) {}
        var placed = new ArrayList<Placed>();
        for (var row : rows) {
            var source = row.get("Image Src");
            if (!source.isEmpty()) {
                try {
                    placed.add(new Placed(position(row), new CatalogueImage(row.line(), images.find(source))));
                } catch (RefusedImage e) {
                    badRows.add(row.bad(e.getMessage()));
                }
            }
        }
        placed.sort(Comparator.comparingInt(Placed::position));
        var once = new LinkedHashMap<Object, CatalogueImage>();
        placed.forEach(picture -> once.putIfAbsent(picture.image().file(), picture.image()));
        return List.copyOf(once.values());
    }

    /** Pictures without a position keep the order of the file, behind those that have one. */
    private int position(ExportRow row) {
        var text = row.get("Image Position");
        if (text.matches("[0-9]{1,6}")) {
            return Integer.parseInt(text);
        }
        if (!text.isEmpty()) {
            badRows.add(row.bad("the Image Position '" + text
                    + "' is not a whole number; the image is kept, behind those that have one."));
        }
        return Integer.MAX_VALUE;
    }
}
