package dev.strangler.architecture.sql;

/** How a table is changed. */
public enum Verb {
    /** Rows come. */
    INSERT,
    /** Rows change. */
    UPDATE,
    /** Rows go. */
    DELETE,
    /** Rows come, change or go. */
    MERGE,
    /** All rows go, past triggers for rows. */
    TRUNCATE,
    /** Rows come in bulk. */
    COPY,
    /** A mapped object is stored: rows come or change. */
    SAVE,
    /** The table comes: whoever creates it owns it. */
    CREATE,
    /** The table's shape changes. */
    ALTER,
    /** The table goes. */
    DROP,
    /** Nothing is written yet, but what guards tables is put out of force: triggers or the role. */
    BYPASS;

    /** Whether it changes the table itself and not its rows. */
    public boolean isOfTheTable() {
        return this == CREATE || this == ALTER || this == DROP;
    }
}
