/** Stops that find a run in its database, whatever the driver and the pool. */
package io.belay.it.jdbc;
