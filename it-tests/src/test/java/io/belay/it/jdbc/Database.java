package io.belay.it.jdbc;

import java.util.List;

/**
 * A database and how it is brought to each moment.
 *
 * @param name for people
 * @param url with user and password, as its driver wants them
 * @param setup what else its table needs
 * @param longQuery asks for one number and takes very long, or is empty where nothing ends it
 * @param holds what makes a commit wait while somebody holds it, or is empty
 * @param number asks for the number of the connection, or is empty
 */
record Database(
    String name, String url, List<String> setup, String longQuery, String holds, String number) {

  static Database h2(String url) {
    return new Database(
        "h2",
        url,
        List.of(),
        "select count(*) from system_range(1, 1000000) a, system_range(1, 1000000) b",
        "",
        "select session_id()");
  }

  static Database postgres(String url) {
    return new Database(
        "postgresql",
        url,
        List.of(
            "create or replace function wait_for_it() returns trigger language plpgsql as $$ begin"
                + " perform pg_advisory_xact_lock(4711); return null; end $$",
            "create constraint trigger slow after insert on booking deferrable initially deferred"
                + " for each row when (new.who = 'slow') execute procedure wait_for_it()"),
        "select pg_sleep(300)",
        "select pg_advisory_lock(4711)",
        "select pg_backend_pid()");
  }

  static Database mariadb(String name, String url) {
    return new Database(
        name,
        url,
        List.of(),
        "select count(*) from information_schema.collations a, information_schema.collations b,"
            + " information_schema.collations c, information_schema.collations d",
        "flush tables with read lock",
        "select connection_id()");
  }

  static Database sqlite(String url) {
    return new Database(
        "sqlite",
        url,
        List.of(),
        "with recursive c(x) as (select 1 union all select x + 1 from c) select count(*) from c",
        "select * from sqlite_master",
        "");
  }

  static Database hsqldb(String url) {
    String columns = "information_schema.system_columns ";
    return new Database(
        "hsqldb",
        url,
        List.of(),
        "select count(*) from " + columns + "a, " + columns + "b, " + columns + "c",
        "",
        "");
  }

  static Database derby(String url) {
    return new Database("derby", url, List.of(), "", "", "");
  }
}
