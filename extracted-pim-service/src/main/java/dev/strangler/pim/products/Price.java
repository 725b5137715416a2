package dev.strangler.pim.products;

import java.math.BigDecimal;

/**
 * What a product costs.
 *
 * @param amount its scale is part of it: 12.50 is told as 12.50
 * @param currency ISO 4217
 */
public record Price(BigDecimal amount, String currency) {}
