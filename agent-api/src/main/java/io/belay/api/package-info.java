/** What an application may say to Belay; without the agent every call does nothing, harmlessly. */
package io.belay.api;
