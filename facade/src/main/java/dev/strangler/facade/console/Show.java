package dev.strangler.facade.console;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How numbers, times and foreign texts are written on pages: each number with its unit, each time with its age. */
public final class Show {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final Duration FRESH = Duration.ofMinutes(2);
    private static final int LONGEST = 20_000;

    private final Clock clock;

    Show(Clock clock) {
        this.clock = clock;
    }

    /** When the page is made. */
    public Instant now() {
        return clock.instant();
    }

    /** Such as {@code 12 s ago}. */
    public String ago(@Nullable Instant then) {
        return then == null
                ? "never"
                : age(Duration.between(then, clock.instant()).toSeconds()) + " ago";
    }

    /** Whether what was found then may still be shown as if it were so now. */
    public boolean isFresh(Instant then) {
        return !then.plus(FRESH).isBefore(clock.instant());
    }

    /** Such as {@code 12 s}, {@code 3 min}, {@code 5 h}, {@code 2 d}. */
    public String age(@Nullable Long seconds) {
        if (seconds == null) {
            return "unknown";
        }
        var known = Math.max(0, seconds);
        if (known < 120) {
            return known + " s";
        }
        if (known < 2 * 3_600) {
            return known / 60 + " min";
        }
        return known < 48 * 3_600 ? known / 3_600 + " h" : known / 86_400 + " d";
    }

    /** The time of day for today, the date too for other days. */
    public String time(Instant then) {
        var isToday = then.atOffset(ZoneOffset.UTC)
                .toLocalDate()
                .equals(clock.instant().atOffset(ZoneOffset.UTC).toLocalDate());
        return (isToday ? TIME : MOMENT).format(then);
    }

    /** Grouped by thousands. */
    public String count(@Nullable Long number) {
        return number == null ? "unknown" : "%,d".formatted(number);
    }

    /** Such as {@code 38 ms}. */
    public String millis(@Nullable Long millis) {
        return millis == null ? "unknown" : "%,d ms".formatted(millis);
    }

    /** Such as {@code 12 kB}. */
    public String bytes(long bytes) {
        if (bytes < 10_000) {
            return "%,d B".formatted(bytes);
        }
        return bytes < 10_000_000 ? "%,d kB".formatted(bytes / 1_000) : "%,d MB".formatted(bytes / 1_000_000);
    }

    /** Such as {@code 3.2/s}; measuring takes two looks. */
    public String rate(@Nullable Double perSecond) {
        return perSecond == null
                ? "measuring"
                : String.format(Locale.ROOT, perSecond < 10 ? "%.1f/s" : "%,.0f/s", perSecond);
    }

    /**
     * A text of strangers: what would hide or turn other text is written as its number, and what is too long is cut off and says so. Escaping it for the
     * page is the template's.
     */
    public String safe(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return "–";
        }
        var shown = new StringBuilder(Math.min(text.length(), LONGEST));
        text.codePoints().limit(LONGEST).forEach(one -> {
            if (one == '\n' || one == '\t') {
                shown.appendCodePoint(one);
            } else if (Character.isISOControl(one)
                    || Character.getType(one) == Character.FORMAT
                    || !Character.isDefined(one)) {
                shown.append("\\u{").append(Integer.toHexString(one)).append('}');
            } else {
                shown.appendCodePoint(one);
            }
        });
        if (text.codePointCount(0, text.length()) > LONGEST) {
            shown.append("… cut off, %,d characters in all".formatted(text.length()));
        }
        return shown.toString();
    }

    /** As people read it: {@code CUTTING_FORWARD} is {@code cutting forward}. */
    public String words(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', ' ').replace('-', ' ');
    }
}
