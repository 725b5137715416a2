package dev.strangler.architecture.laws;

/**
 * That somebody may write topics, as brokers tell it.
 *
 * @param who the principal, {@code User:name}
 * @param topic a topic's name, the beginning of one, or {@code *} for all
 * @param isPrefix whether it is the beginning of a name
 */
public record TopicRight(String who, String topic, boolean isPrefix) {

    private static final String USER = "User:";
    private static final String ALL = "*";

    /** Whether the topic may be written by this right. */
    boolean reaches(String written) {
        return isPrefix ? written.startsWith(topic) : topic.equals(ALL) || topic.equals(written);
    }

    /** The principal without its kind. */
    String name() {
        return who.startsWith(USER) ? who.substring(USER.length()) : who;
    }

    String told() {
        return topic.equals(ALL) ? "all topics" : isPrefix ? "topics that begin with " + topic : "the topic " + topic;
    }
}
