package dev.strangler.pim.products;

import java.util.regex.Pattern;

/** The name by which the shop knows a product; it stands in addresses and never changes. */
public record Sku(String value) {

    /** What a SKU looks like, in words. */
    public static final String SYNTAX =
            "1 to 64 letters A-Z a-z, digits, '.', '_' or '-', beginning with a letter or digit";

    /** An address beside those of the products, which a product of this name would hide. */
    private static final String RESERVED = "attachable-images";

    private static final Pattern PATTERN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    /**
     * @throws IllegalArgumentException unless the value is {@linkplain #isValid(String) valid}
     */
    public Sku {
        if (!isValid(value)) {
            throw new IllegalArgumentException("'" + value + "' is no SKU. Use " + SYNTAX + ".");
        }
    }

    /** Whether the text can be a SKU. */
    public static boolean isValid(String text) {
        return PATTERN.matcher(text).matches() && !text.equals(RESERVED);
    }

    @Override
    public String toString() {
        return value;
    }
}
