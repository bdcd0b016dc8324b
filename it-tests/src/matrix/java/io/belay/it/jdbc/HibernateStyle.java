package io.belay.it.jdbc;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.Transaction;
import org.hibernate.cfg.Configuration;

/** Hibernate, with a mapping in XML: annotations are of other packages in each generation. */
final class HibernateStyle implements Style {
  private static final Map<DataSource, SessionFactory> FACTORIES = new ConcurrentHashMap<>();

  /** A row; public as Hibernate wants it. */
  public static class Row {
    private String who;

    /** Made by Hibernate. */
    public Row() {}

    Row(String who) {
      this.who = who;
    }

    /** Who booked. */
    public String getWho() {
      return who;
    }

    /** Set by Hibernate. */
    public void setWho(String who) {
      this.who = who;
    }
  }

  @Override
  public void transaction(DataSource pool, Body body) throws Exception {
    try (Session session = FACTORIES.computeIfAbsent(pool, HibernateStyle::factory).openSession()) {
      Transaction transaction = session.beginTransaction();
      try {
        body.in(new OnSession(session));
        transaction.commit();
      } catch (RuntimeException e) {
        transaction.rollback();
        throw e;
      }
    }
  }

  private static SessionFactory factory(DataSource pool) {
    Configuration configuration = new Configuration().addResource("booking.hbm.xml");
    configuration.getProperties().put("hibernate.connection.datasource", pool);
    return configuration.buildSessionFactory();
  }

  /** Works in a session that somebody else ends. */
  record OnSession(Session session) implements Writer {
    @Override
    public void insert(String who) {
      session.persist(new Row(who));
      session.flush();
    }

    @Override
    public void query(String sql) {
      session.doWork(connection -> new PlainStyle.OnConnection(connection).query(sql));
    }
  }
}
