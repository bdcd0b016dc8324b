/** A project of Apache's that is no infrastructure: what it does is its caller's. */
package org.apache.acme;
