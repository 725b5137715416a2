package dev.strangler.architecture.laws;

import dev.strangler.architecture.writes.Channel;

/** One law, by the name that exceptions know it by. A law's name never changes; its words may. */
public enum Law {
    /** Each table is owned by one feature, and mapped by that feature only. */
    W0("An unlisted table is an unguarded one."),
    /** Repositories of a feature are written through by that feature only. */
    W1("A table has one writer."),
    /** The entity manager is handed objects of the own feature only. */
    W2("A table has one writer."),
    /** What stores objects of any class says which. */
    W3("Whoever stores anything hides who writes what."),
    /** Objects of another feature are read and never changed. */
    W4("A managed object is saved at commit without any save()."),
    /** Storing or deleting does not cascade into another feature. */
    W5("A cascade writes in the other feature's name."),
    /** Join and collection tables belong to the feature that declares them. */
    W6("A collection's table has one writer too."),
    /** SQL writes the own feature's tables only. */
    W7("A table has one writer."),
    /** What may write can be read. */
    W8("A write that can't be read looks like no write."),
    /** Bulk queries stay in their feature. */
    W9("A bulk query passes every listener."),
    /** A schema migration changes the tables of one feature. */
    W10("A script that changes two features can't be taken out with one of them."),
    /** The database writes nothing across features by itself. */
    W11("What the database does by itself passes grants, and a fenced child refuses every delete of its parent."),
    /** Nobody goes around the fence, or writes the kit's own tables. */
    W12("A fence that is gone around guards nothing."),
    /** Each role may do what the map says: no more, and no less. */
    W13("A right that nobody meant to give is used one day, and one that is missing is found missing in production."),
    /** Events of an aggregate are appended by its feature only. */
    W14("The topic is chosen by what the row says, so whoever may say anything may write any topic."),
    /** A topic is written by its feature only. */
    W15("A topic has one writer."),
    /** A transaction writes the tables of one feature. */
    W16("A transaction over two features can't survive their parting."),
    /** What has moved is a read-only copy here, but for the intake. */
    W17("After the move the service is the single writer; only its events may change the copy."),
    /** No session stays open beyond the transaction. */
    W18("A session that outlives its transaction writes far from the culprit."),
    /** Each detector has something to look at. */
    W20("A detector that matched nothing has proved nothing."),
    /** What is written while the application runs was foretold from its code, and has an author. */
    W21("A write that nobody foretold shows what the other laws do not see.");

    private final String why;

    Law(String why) {
        this.why = why;
    }

    /** The rule in one sentence, for messages. */
    public String why() {
        return why;
    }

    /** The law that a write on this way would break. */
    static Law on(Channel channel) {
        return switch (channel) {
            case REPOSITORY -> W1;
            case ENTITY_MANAGER -> W2;
            case DIRTY_CHECKING -> W4;
            case CASCADE -> W5;
            case LINK_TABLE -> W6;
            case REPLACED_STATEMENT, SQL -> W7;
            case BULK_QUERY -> W9;
            case MIGRATION -> W10;
            case FOREIGN_KEY, DATABASE_CODE -> W11;
            case TOPIC -> W15;
        };
    }
}
