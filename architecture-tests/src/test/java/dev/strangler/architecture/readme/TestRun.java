package dev.strangler.architecture.readme;

import java.util.List;

/**
 * What came of the tests of one class.
 *
 * @param successes how many passed
 * @param failures the messages of the others
 * @param printed everything that the run printed
 */
record TestRun(int successes, List<String> failures, String printed) {

    private static final String PASSED = "passed: ";
    private static final String FAILED = "failed: ";

    static String passed(String test) {
        return PASSED + test;
    }

    static String failed(String message) {
        return FAILED + message.replace('\n', ' ');
    }

    static TestRun of(String printed) {
        return new TestRun(
                (int) printed.lines().filter(line -> line.startsWith(PASSED)).count(),
                printed.lines().filter(line -> line.startsWith(FAILED)).toList(),
                printed);
    }
}
