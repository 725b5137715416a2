package dev.strangler.benchmarks;

import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures on a sandbox of its own and prints distributions and ratios; judges nothing. */
@Command(
        name = "benchmarks",
        mixinStandardHelpOptions = true,
        subcommandsRepeatable = true,
        description =
                "Measures what the kit costs and how fast it is. Several commands in one call share one sandbox's kind, not its data.")
public final class Benchmarks {

    private final PrintStream out;

    Benchmarks(PrintStream out) {
        this.out = out;
    }

    @SuppressWarnings("SystemOut") // the printed figures are the result
    public static void main(String[] arguments) {
        System.exit(run(System.out, arguments));
    }

    static int run(PrintStream out, String... arguments) {
        return new CommandLine(new Benchmarks(out)).execute(arguments);
    }

    @Command(
            name = "cost",
            description = "What an appended event costs the writer: transactions per second with and without.")
    int cost(
            @Option(
                            names = "--seconds",
                            defaultValue = "3",
                            description = "per round and variant (default: ${DEFAULT-VALUE})")
                    int seconds,
            @Option(
                            names = "--rounds",
                            defaultValue = "6",
                            description = "half of them warm up (default: ${DEFAULT-VALUE})")
                    int rounds,
            @Option(names = "--writers", defaultValue = "8", description = "threads (default: ${DEFAULT-VALUE})")
                    int writers)
            throws Exception {
        return measured(workbench -> new OutboxCost(workbench, writers).measure(seconds, rounds, out));
    }

    @Command(
            name = "fence",
            mixinStandardHelpOptions = true,
            description =
                    "What a fence costs the writer: transactions per second with and without; and how long closing it takes under load.")
    int fence(
            @Option(
                            names = "--seconds",
                            defaultValue = "3",
                            description = "per round and variant (default: ${DEFAULT-VALUE})")
                    int seconds,
            @Option(
                            names = "--rounds",
                            defaultValue = "6",
                            description = "half of them warm up (default: ${DEFAULT-VALUE})")
                    int rounds,
            @Option(names = "--writers", defaultValue = "16", description = "threads (default: ${DEFAULT-VALUE})")
                    int writers,
            @Option(
                            names = "--handovers",
                            defaultValue = "20",
                            description = "times it is closed and opened (default: ${DEFAULT-VALUE})")
                    int handovers)
            throws Exception {
        return measured(workbench -> new FenceCost(workbench, writers).measure(seconds, rounds, handovers, out));
    }

    @Command(
            name = "latency",
            mixinStandardHelpOptions = true,
            description = "From commit to readable in Kafka, and to applied by a service's inbox.")
    int latency(
            @Option(
                            names = "--warm-up",
                            defaultValue = "40",
                            description = "seconds dropped (default: ${DEFAULT-VALUE})")
                    int warmUp,
            @Option(names = "--seconds", defaultValue = "30", description = "measured (default: ${DEFAULT-VALUE})")
                    int seconds,
            @Option(
                            names = "--rate",
                            defaultValue = "500",
                            description = "events per second (default: ${DEFAULT-VALUE})")
                    int rate)
            throws Exception {
        return measured(workbench -> new RelayLatency(workbench).measure(warmUp, seconds, rate, out));
    }

    @Command(
            name = "backlog",
            description = "A standing backlog drained to Kafka, then applied by one service's inbox.")
    int backlog(
            @Option(names = "--events", defaultValue = "200000", description = "(default: ${DEFAULT-VALUE})")
                    int events,
            @Option(
                            names = "--rounds",
                            defaultValue = "7",
                            description = "the first is cold; all read the same log (default: ${DEFAULT-VALUE})")
                    int rounds)
            throws Exception {
        return measured(workbench -> new Backlog(workbench).measure(events, rounds, out));
    }

    @Command(
            name = "parity",
            description = "Two sides with as many equal rows proven equal, then with one row that differs.")
    int parity(
            @Option(names = "--rows", defaultValue = "1000000", description = "per side (default: ${DEFAULT-VALUE})")
                    int rows,
            @Option(
                            names = "--rounds",
                            defaultValue = "3",
                            description = "the first is cold (default: ${DEFAULT-VALUE})")
                    int rounds,
            @Option(names = "--plans", description = "print how the databases go about it") boolean plans)
            throws Exception {
        return measured(workbench -> new ComparingSides(workbench).measure(rows, rounds, plans, out));
    }

    private interface Measurement {
        void on(Workbench workbench) throws Exception;
    }

    private int measured(Measurement measurement) throws Exception {
        out.printf(
                "%d cores, Java %s, %s%n",
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.version"),
                System.getProperty("os.name"));
        Callable<Workbench> opening = Workbench::open;
        try (var workbench = opening.call()) {
            measurement.on(workbench);
        }
        return 0;
    }
}
