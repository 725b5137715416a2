package dev.strangler.pim.products;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;

/**
 * What a product costs.
 *
 * @param amount its scale is part of it: 12.50 is told as 12.50; one with an exponent, like 1E+2, becomes 100
 * @param currency ISO 4217
 */
public record Price(BigDecimal amount, String currency) {

    public Price {
        requireNonNull(currency, "currency");
        amount = amount.scale() < 0 ? amount.setScale(0) : amount;
    }
}
