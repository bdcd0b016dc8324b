/**
 * The command line, {@code java -jar belay.jar}: a program of its own that speaks to Belay in other
 * JVMs. Nothing here is ever loaded into an application.
 */
package io.belay.agent.cli;
