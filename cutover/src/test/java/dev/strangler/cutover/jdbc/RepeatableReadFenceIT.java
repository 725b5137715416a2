package dev.strangler.cutover.jdbc;

import java.sql.Connection;

class RepeatableReadFenceIT extends FenceContract {

    @Override
    int isolation() {
        return Connection.TRANSACTION_REPEATABLE_READ;
    }
}
