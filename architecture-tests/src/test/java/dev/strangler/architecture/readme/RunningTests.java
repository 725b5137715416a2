package dev.strangler.architecture.readme;

import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs the tests of one class in this JVM, and prints a line for each. */
final class RunningTests {

    private RunningTests() {}

    public static void main(String[] arguments) {
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(DiscoverySelectors.selectClass(arguments[0]))
                                .build(),
                        new TestExecutionListener() {
                            @Override
                            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                                result.getThrowable()
                                        .ifPresent(failure -> System.out.println(TestRun.failed(failure.toString())));
                                if (test.isTest() && result.getStatus() == TestExecutionResult.Status.SUCCESSFUL) {
                                    System.out.println(TestRun.passed(test.getDisplayName()));
                                }
                            }
                        });
    }
}
