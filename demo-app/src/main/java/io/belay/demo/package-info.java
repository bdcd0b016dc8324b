/** A research assistant that knows nothing of Belay. */
package io.belay.demo;
