/**
 * A JDBC driver that nobody has heard of, behind which another one works: its classes are named as
 * no driver names its own, plain statements and prepared ones are of one class, and what executes
 * them is inherited.
 */
package com.acme.jdbc;
