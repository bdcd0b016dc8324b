/** Tells the story twice and counts, from outside, what happens after Stop. */
package io.belay.demo.driver;
