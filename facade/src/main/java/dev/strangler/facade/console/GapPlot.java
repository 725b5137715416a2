package dev.strangler.facade.console;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The measured write gaps of the last handovers as bars, oldest first; lengths in units of the picture.
 *
 * @param bars one per handover whose gap is known
 * @param longest of them, in milliseconds; the height of the picture
 */
record GapPlot(List<Bar> bars, long longest) {

    static final int MOST = 30;
    static final int HEIGHT = 80;
    static final int STEP = 20;
    private static final int SHORTEST = 2;

    /** One handover. */
    record Bar(int x, int y, int height, long millis, String direction, boolean isDone, Instant at) {}

    static GapPlot of(List<Handover> newestFirst) {
        var measured = newestFirst.stream()
                .filter(handover -> handover.operation().gapMillis() != null)
                .limit(MOST)
                .toList();
        var longest = measured.stream()
                .mapToLong(
                        handover -> Objects.requireNonNull(handover.operation().gapMillis()))
                .max()
                .orElse(0);
        var bars = new ArrayList<Bar>();
        for (var index = measured.size() - 1; index >= 0; index--) {
            var operation = measured.get(index).operation();
            var millis = Objects.requireNonNull(operation.gapMillis());
            var height = longest == 0 ? SHORTEST : (int) Math.max(SHORTEST, millis * HEIGHT / longest);
            bars.add(new Bar(
                    bars.size() * STEP,
                    HEIGHT - height,
                    height,
                    millis,
                    operation.direction(),
                    operation.outcome().equals("DONE"),
                    operation.startedAt()));
        }
        return new GapPlot(bars, longest);
    }

    public int width() {
        return Math.max(STEP, bars.size() * STEP);
    }
}
