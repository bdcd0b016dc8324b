/** R2DBC under the agent: what is subscribed to in a stopped run is refused. */
package io.belay.it.r2dbc;
