package io.belay.it.jdbc;

import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Spring's templates. */
class SpringStyle implements Style {
  /** With the manager that Spring Boot makes. */
  static final class OfBoot extends SpringStyle {
    @Override
    PlatformTransactionManager manager(DataSource pool) {
      return new JdbcTransactionManager(pool);
    }
  }

  PlatformTransactionManager manager(DataSource pool) {
    return new DataSourceTransactionManager(pool);
  }

  Writer writer(DataSource pool) {
    return new OnTemplate(new JdbcTemplate(pool));
  }

  @Override
  public void transaction(DataSource pool, Body body) {
    Writer writer = writer(pool);
    new TransactionTemplate(manager(pool))
        .execute(
            status -> {
              try {
                body.in(writer);
                return null;
              } catch (RuntimeException e) {
                throw e;
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
  }

  private record OnTemplate(JdbcTemplate template) implements Writer {
    @Override
    public void insert(String who) {
      template.update("insert into booking (who) values (?)", who);
    }

    @Override
    public void query(String sql) {
      template.queryForObject(sql, String.class);
    }
  }
}
