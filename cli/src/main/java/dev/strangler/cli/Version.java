package dev.strangler.cli;

import picocli.CommandLine.IVersionProvider;

/** The version of the build, as its jar says. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        var version = Version.class.getPackage().getImplementationVersion();
        return new String[] {"strangler " + (version == null ? "(not packaged)" : version)};
    }
}
