package dev.strangler.architecture.writes;

/** The way on which a write reaches its table. */
public enum Channel {
    /** A method of a repository or mapper that is called or referred to. */
    REPOSITORY("a repository"),
    /** {@code persist}, {@code merge}, {@code remove} and their kin. */
    ENTITY_MANAGER("the entity manager"),
    /** A stored object that is changed: it is written at the end of the transaction without any call to save it. */
    DIRTY_CHECKING("a change of a managed object"),
    /** Storing or deleting one object stores or deletes another. */
    CASCADE("a cascade"),
    /** A join or collection table, or a key in the rows of the other end, that changes with a collection. */
    LINK_TABLE("a collection"),
    /** SQL that the mapper sends in place of its own. */
    REPLACED_STATEMENT("a statement given to the mapper"),
    /** A statement of JPQL, HQL or the criteria API that writes many rows, past all listeners. */
    BULK_QUERY("a bulk query"),
    /** A text of SQL in code, annotation or file. */
    SQL("SQL"),
    /** A script that changes the schema. */
    MIGRATION("a schema migration"),
    /** What a foreign key does when the row that it points to goes. */
    FOREIGN_KEY("a foreign key"),
    /** A topic, written directly or by what an outbox row says. */
    TOPIC("a topic"),
    /** A function, procedure or block inside the database. */
    DATABASE_CODE("code in the database");

    private final String told;

    Channel(String told) {
        this.told = told;
    }

    /** As a part of a sentence. */
    public String told() {
        return told;
    }
}
