package dev.strangler.cli;

import dev.strangler.cli.rehearse.Rehearsing;
import dev.strangler.cli.rehearse.Rehearsing.Wish;
import dev.strangler.cli.terminal.ExitCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code rehearse FEATURE}. */
@Command(
        name = "rehearse",
        mixinStandardHelpOptions = true,
        header = "Hands a feature over and back under load, and certifies what clients saw.",
        description = {
            "",
            "Works on what ./strangler up has started, with assets or products of its own. Every write is followed from its answer",
            "through the topic to both sides; nothing may be lost, doubled, reordered or written by two sides. With kills, a part is",
            "ended without warning while a handover stands before or after a step, and started again. The certificate is kept as text",
            "and JSON."
        },
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  ./strangler rehearse assets --cycles 20",
            "  ./strangler rehearse assets --kill facade@before-drain --kill dam@after-open",
            "  ./strangler rehearse assets --kill facade-2@before-fence      a façade that does not lead",
            "  ./strangler rehearse assets --kill-each-step      every part before and after every step, there and back: hours",
            "  ./strangler rehearse assets --kill-each-step --cycles 0 --minutes 9 --resume      the same, a portion at a time",
            "",
            "Ends with 0 when the certificate is clean, 1 when it lists violations, 3 when a gate never opened."
        })
final class RehearseCommand implements Callable<Integer> {

    private final Context context;

    @ParentCommand
    private @Nullable Strangler strangler;

    @Parameters(paramLabel = "FEATURE", description = "assets or products.")
    private String feature = "";

    @Option(
            names = "--facades",
            paramLabel = "N",
            defaultValue = "1",
            description = "1, or 2: a second one, facade-2, beside; it is there too when it is to be killed."
                    + " Default: ${DEFAULT-VALUE}.")
    private int facades = 1;

    @Option(
            names = "--cycles",
            paramLabel = "N",
            defaultValue = "3",
            description = "There and back without a fault. Default: ${DEFAULT-VALUE}.")
    private int cycles = 3;

    @Option(
            names = "--kill",
            paramLabel = "PART@MOMENT",
            description = "Kill that part then, like facade@before-drain or dam@after-open:forward; may be repeated.")
    private List<String> named = new ArrayList<>();

    @Option(
            names = "--kill-each-step",
            description = "Kill every part before and after every step, there and back, taking back included.")
    private boolean isKillingAll;

    @Option(
            names = "--resume",
            description = "Leave out the kills of which earlier clean certificates of the same programs tell.")
    private boolean isResuming;

    @Option(
            names = "--minutes",
            paramLabel = "N",
            defaultValue = "10080",
            description =
                    "Begin no further kill after so many minutes, and judge what was seen by then. Default: a week.")
    private int minutes = 10_080;

    @Option(
            names = "--kills",
            paramLabel = "N",
            defaultValue = "0",
            description = "Kill so many times, drawn from all. Default: ${DEFAULT-VALUE}.")
    private int kills;

    @Option(
            names = "--writes-per-second",
            paramLabel = "N",
            defaultValue = "200",
            description = "Of all clients together. Default: ${DEFAULT-VALUE}.")
    private int writesPerSecond = 200;

    @Option(
            names = "--clients",
            paramLabel = "N",
            defaultValue = "16",
            description = "Who write side by side. Default: ${DEFAULT-VALUE}.")
    private int clients = 16;

    @Option(names = "--seed", paramLabel = "N", description = "Repeats what an earlier rehearsal drew.")
    private @Nullable Long seed;

    RehearseCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        var wish = new Wish(
                feature,
                facades,
                cycles,
                kills,
                isKillingAll,
                isResuming,
                minutes,
                named,
                clients,
                writesPerSecond,
                seed == null ? context.clock().millis() & 0xffff : seed);
        var rehearsing = new Rehearsing(
                context.workspace(), context.whole(), context.control(), context.clock(), context.terminal());
        var isClean = rehearsing.carryOut(wish, strangler != null && strangler.json());
        return (isClean ? ExitCode.DONE : ExitCode.FAILED).number();
    }
}
