/**
 * What is woven, library by library: names, and no logic. {@link
 * io.belay.agent.boundary.Boundaries} is the list of all.
 *
 * <p>To add a library, see CONTRIBUTING.md.
 */
package io.belay.agent.boundary;
