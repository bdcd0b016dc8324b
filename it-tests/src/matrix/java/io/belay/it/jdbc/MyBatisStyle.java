package io.belay.it.jdbc;

import javax.sql.DataSource;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.mapping.Environment;
import org.apache.ibatis.session.Configuration;
import org.apache.ibatis.session.SqlSession;
import org.apache.ibatis.session.SqlSessionFactoryBuilder;
import org.apache.ibatis.transaction.jdbc.JdbcTransactionFactory;

/** MyBatis, with its own transactions. */
final class MyBatisStyle implements Style {
  /** The statements; public as MyBatis wants it. */
  public interface Bookings {
    /** Writes a row. */
    @Insert("insert into booking (who) values (#{who})")
    void insert(String who);

    /** Asks for one number. */
    @Select("${sql}")
    String query(@Param("sql") String sql);
  }

  @Override
  public void transaction(DataSource pool, Body body) throws Exception {
    Configuration configuration =
        new Configuration(new Environment("it", new JdbcTransactionFactory(), pool));
    configuration.addMapper(Bookings.class);
    try (SqlSession session = new SqlSessionFactoryBuilder().build(configuration).openSession()) {
      body.in(new OnSession(session));
      session.commit();
    }
  }

  private record OnSession(SqlSession session) implements Writer {
    @Override
    public void insert(String who) {
      session.getMapper(Bookings.class).insert(who);
    }

    @Override
    public void query(String sql) {
      session.getMapper(Bookings.class).query(sql);
    }
  }
}
