package io.belay.it.jdbc;

import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/** jOOQ. */
final class JooqStyle implements Style {
  @Override
  public void transaction(DataSource pool, Body body) {
    DSL.using(pool, SQLDialect.DEFAULT)
        .transaction(configuration -> body.in(new OnContext(DSL.using(configuration))));
  }

  private record OnContext(DSLContext context) implements Writer {
    @Override
    public void insert(String who) {
      context.execute("insert into booking (who) values (?)", who);
    }

    @Override
    public void query(String sql) {
      context.fetchValue(sql);
    }
  }
}
