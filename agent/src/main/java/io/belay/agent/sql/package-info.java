/**
 * What an SQL text says: whether it reads, writes, commits or takes back, and its shape without any
 * value. Words only; no database is asked, and nothing here knows a run.
 */
@NullMarked
package io.belay.agent.sql;

import org.jspecify.annotations.NullMarked;
