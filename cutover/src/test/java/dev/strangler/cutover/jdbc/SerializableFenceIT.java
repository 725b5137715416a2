package dev.strangler.cutover.jdbc;

import java.sql.Connection;

class SerializableFenceIT extends FenceContract {

    @Override
    int isolation() {
        return Connection.TRANSACTION_SERIALIZABLE;
    }
}
