/** The gate that woven code calls; not for applications. */
package io.belay.boot;
