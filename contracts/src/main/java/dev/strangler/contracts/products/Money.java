package dev.strangler.contracts.products;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;

/**
 * An amount of a currency. The scale is part of the value ({@code 12.50} stays {@code 12.50}) and is never negative, so
 * that the amount is written without an exponent everywhere.
 *
 * @param amount a plain decimal; an amount with an exponent, like {@code 1E+2}, becomes {@code 100}
 * @param currency ISO 4217 code of three capitals
 */
public record Money(BigDecimal amount, String currency) {

    /** Digits before the point that an amount may have; keeps {@code 1E+999999999} from becoming a gigabyte of zeros. */
    public static final int MAX_INTEGER_DIGITS = 15;

    public Money {
        requireNonNull(amount, "amount");
        requireNonNull(currency, "currency");
        if ((long) amount.precision() - amount.scale() > MAX_INTEGER_DIGITS) {
            throw new IllegalArgumentException("An amount has more than " + MAX_INTEGER_DIGITS
                    + " digits before the point, which is the limit. Send a smaller amount.");
        }
        amount = amount.scale() < 0 ? amount.setScale(0) : amount;
    }
}
