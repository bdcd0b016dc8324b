package io.belay.it.jdbc;

import io.belay.it.harness.App;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Asks Spring for a connection in a run that is stopped. Arguments: key, URL, what. Answers the
 * class of what came of it.
 */
final class SpringDoor implements App {
  @Override
  public String run(String... args) throws Exception {
    DataSource pool = Pools.of("hikari", args[1]);
    new JdbcTemplate(pool).execute("create table if not exists booking (who varchar(40))");
    try {
      Stops.run(
          args[0],
          () -> {
            Stops.stop();
            ask(pool, args[2]);
            return null;
          });
      return "done";
    } catch (RuntimeException refused) {
      return refused.getClass().getName();
    }
  }

  private static void ask(DataSource pool, String what) {
    switch (what) {
      case "template" -> new JdbcTemplate(pool).update("insert into booking values ('x')");
      case "manager" -> new SpringStyle().transaction(pool, writer -> writer.insert("x"));
      default -> new SpringStyle.OfBoot().transaction(pool, writer -> writer.insert("x"));
    }
  }
}
