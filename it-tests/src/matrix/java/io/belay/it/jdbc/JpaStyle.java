package io.belay.it.jdbc;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.hibernate.Session;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.orm.jpa.vendor.HibernateJpaVendorAdapter;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * JPA as Spring Boot sets it up: Hibernate behind Spring's manager of JPA transactions. What
 * belongs to JPA is called by name, since it has another package in each generation.
 */
final class JpaStyle implements Style {
  private static final Map<DataSource, Object> FACTORIES = new ConcurrentHashMap<>();
  private static final String PACKAGE = "org.springframework.orm.jpa.";

  @Override
  public void transaction(DataSource pool, Body body) throws Exception {
    Object factory = FACTORIES.computeIfAbsent(pool, JpaStyle::factory);
    Class<?> type = Class.forName(PACKAGE + "JpaTransactionManager");
    PlatformTransactionManager manager =
        (PlatformTransactionManager)
            Arrays.stream(type.getConstructors())
                .filter(made -> made.getParameterCount() == 1)
                .findFirst()
                .orElseThrow()
                .newInstance(factory);
    new TransactionTemplate(manager)
        .execute(
            status -> {
              try {
                body.in(new HibernateStyle.OnSession(session(factory)));
                return null;
              } catch (RuntimeException e) {
                throw e;
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
  }

  private static Session session(Object factory) throws ReflectiveOperationException {
    Object shown =
        Arrays.stream(Class.forName(PACKAGE + "EntityManagerFactoryUtils").getMethods())
            .filter(method -> method.getName().equals("getTransactionalEntityManager"))
            .filter(method -> method.getParameterCount() == 1)
            .findFirst()
            .orElseThrow()
            .invoke(null, factory);
    return (Session) shown;
  }

  private static Object factory(DataSource pool) {
    LocalContainerEntityManagerFactoryBean bean = new LocalContainerEntityManagerFactoryBean();
    bean.setDataSource(pool);
    bean.setJpaVendorAdapter(new HibernateJpaVendorAdapter());
    bean.setMappingResources("booking.hbm.xml");
    bean.setPersistenceUnitName("it");
    bean.afterPropertiesSet();
    FactoryBean<?> made = bean;
    try {
      return made.getObject();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
