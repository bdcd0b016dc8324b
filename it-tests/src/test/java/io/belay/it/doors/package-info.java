/** What is seen and said of runs, and through which doors. */
package io.belay.it.doors;
