package dev.strangler.cutover.jdbc;

import java.sql.Connection;

class ReadCommittedFenceIT extends FenceContract {

    @Override
    int isolation() {
        return Connection.TRANSACTION_READ_COMMITTED;
    }
}
