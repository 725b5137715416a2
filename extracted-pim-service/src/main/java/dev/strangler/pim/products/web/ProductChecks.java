package dev.strangler.pim.products.web;

import dev.strangler.pim.products.ChangingProducts;
import dev.strangler.pim.products.Details;
import dev.strangler.pim.products.ImageId;
import dev.strangler.pim.products.Price;
import dev.strangler.pim.products.Sku;
import dev.strangler.pim.products.Tags;
import dev.strangler.side.refusals.Mistakes;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the fields of a product may hold. Collects every mistake of one input; {@link #refuse()} says them all, after which
 * what was checked may be taken.
 */
final class ProductChecks {

    static final int LONGEST_NAME = 200;
    static final int LONGEST_DESCRIPTION = 20_000;
    static final int MOST_TAGS = 50;
    static final int LONGEST_TAG = 60;
    static final int MOST_INTEGER_DIGITS = 12;
    static final int MOST_DECIMALS = 4;

    private static final String MISSING = "is missing";

    private final Mistakes mistakes = new Mistakes();

    /** @throws dev.strangler.side.refusals.Refusal INVALID with every mistake found so far */
    void refuse() {
        mistakes.refuse();
    }

    Checked<Sku> sku(@Nullable String raw) {
        if (raw == null) {
            return missing("sku");
        }
        boolean valid = mistakes.unless(Sku.isValid(raw), "sku", "must be " + Sku.SYNTAX + ", and not a reserved word");
        return valid ? new Checked<>(new Sku(raw)) : Checked.wrong();
    }

    Checked<Details> details(@Nullable String name, @Nullable String description) {
        String title = name == null ? "" : name.strip();
        boolean named = mistakes.unless(!title.isEmpty(), "name", name == null ? MISSING : "is blank")
                && mistakes.unless(
                        characters(title) <= LONGEST_NAME,
                        "name",
                        "has " + characters(title) + " characters, at most " + LONGEST_NAME)
                && mistakes.unless(isPlain(title), "name", "contains a control or text-direction character");
        if (description == null) {
            return missing("description");
        }
        boolean described = mistakes.unless(
                        characters(description) <= LONGEST_DESCRIPTION,
                        "description",
                        "has " + characters(description) + " characters, at most " + LONGEST_DESCRIPTION)
                && mistakes.unless(
                        isPlain(description.replaceAll("[\\n\\r\\t]", "")),
                        "description",
                        "contains a control or text-direction character other than line breaks and tabs");
        return named && described ? new Checked<>(new Details(title, description)) : Checked.wrong();
    }

    Checked<Price> price(String prefix, ProductInput.@Nullable Amount price) {
        if (price == null) {
            return missing("price");
        }
        boolean right = amount(prefix + "amount", price.amount());
        String currency = price.currency();
        right &= mistakes.unless(currency != null, prefix + "currency", MISSING)
                && mistakes.unless(
                        isCurrency(Objects.requireNonNull(currency)),
                        prefix + "currency",
                        "must be a code of ISO 4217 in three capitals, like EUR");
        return right && price.amount() != null && currency != null
                ? new Checked<>(new Price(price.amount(), currency))
                : Checked.wrong();
    }

    private boolean amount(String field, @Nullable BigDecimal amount) {
        if (amount == null) {
            return mistakes.unless(false, field, MISSING);
        }
        // In long: an amount like 1E-2147483648 would overflow. And never printed: it could fill a page.
        long integerDigits = (long) amount.precision() - amount.scale();
        return mistakes.unless(amount.signum() >= 0, field, "must not be negative")
                & mistakes.unless(
                        amount.scale() <= MOST_DECIMALS, field, "has more than " + MOST_DECIMALS + " decimals")
                & mistakes.unless(
                        integerDigits <= MOST_INTEGER_DIGITS,
                        field,
                        "has more than " + MOST_INTEGER_DIGITS + " digits before the point");
    }

    Checked<Tags> tags(@Nullable List<@Nullable String> raw) {
        if (raw == null) {
            return missing("tags");
        }
        var words = raw.stream()
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList();
        boolean whole = mistakes.unless(words.size() == raw.size(), "tags", "contains null");
        var tags = Tags.of(words);
        whole &= mistakes.unless(
                tags.values().size() <= MOST_TAGS,
                "tags",
                "has " + tags.values().size() + " tags, at most " + MOST_TAGS);
        for (int i = 0; i < words.size(); i++) {
            String tag = words.get(i).strip();
            whole &= mistakes.unless(
                    characters(tag) <= LONGEST_TAG,
                    "tags[" + i + "]",
                    "has " + characters(tag) + " characters, at most " + LONGEST_TAG);
            whole &= mistakes.unless(isPlain(tag), "tags[" + i + "]", "contains a control or text-direction character");
        }
        return whole ? new Checked<>(tags) : Checked.wrong();
    }

    Checked<List<ImageId>> images(List<@Nullable UUID> raw) {
        var ids = raw.stream()
                .filter(Objects::nonNull)
                .map(id -> new ImageId(Objects.requireNonNull(id)))
                .toList();
        boolean right = mistakes.unless(ids.size() == raw.size(), "imageIds", "contains null")
                & mistakes.unless(
                        new HashSet<>(ids).size() == ids.size(), "imageIds", "contains an image more than once")
                & mistakes.unless(
                        ids.size() <= ChangingProducts.MOST_IMAGES,
                        "imageIds",
                        "has " + ids.size() + " images, at most " + ChangingProducts.MOST_IMAGES);
        return right ? new Checked<>(ids) : Checked.wrong();
    }

    Checked<ImageId> image(@Nullable UUID raw) {
        return raw == null ? missing("assetId") : new Checked<>(new ImageId(raw));
    }

    private <T> Checked<T> missing(String field) {
        mistakes.unless(false, field, MISSING);
        return Checked.wrong();
    }

    private static boolean isCurrency(String code) {
        try {
            return code.matches("[A-Z]{3}")
                    && !Currency.getInstance(code).getCurrencyCode().isEmpty();
        } catch (IllegalArgumentException unknown) {
            return false;
        }
    }

    private static int characters(String text) {
        return text.codePointCount(0, text.length());
    }

    /** Without control characters and without those that turn the direction of what follows. */
    private static boolean isPlain(String text) {
        return text.codePoints()
                .noneMatch(point -> Character.isISOControl(point)
                        || (point >= 0x202a && point <= 0x202e)
                        || (point >= 0x2066 && point <= 0x2069));
    }

    /** A value that may be taken once {@link ProductChecks#refuse()} had nothing to say. */
    record Checked<T>(@Nullable T value) {

        static <T> Checked<T> wrong() {
            return new Checked<>(null);
        }

        T get() {
            return Objects.requireNonNull(value, "taken before refuse()");
        }
    }
}
