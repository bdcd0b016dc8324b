/** The command line against other JVMs: every command, attaching, detaching. */
package io.belay.it.cli;
