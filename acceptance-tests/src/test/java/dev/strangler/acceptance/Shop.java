package dev.strangler.acceptance;

import dev.strangler.cli.control.ControlApi;
import java.time.Duration;

/** The whole system as it runs somewhere, asked from outside. */
interface Shop {

    /** Runs a command as the launcher would, and waits two minutes at most for its end. */
    default CommandLine.Result cli(String... arguments) {
        return cli(Duration.ofMinutes(2), arguments);
    }

    /** The same with another limit. */
    CommandLine.Result cli(Duration limit, String... arguments);

    /** The control API, asked as the command line asks it; quicker than a command where no exit code matters. */
    ControlApi control();

    /** A new client of the public port, with cookies of its own. */
    Client client();

    /** A client that asks one side directly, past the façade. */
    Client directly(String side);
}
