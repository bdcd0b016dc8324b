/** The world around the assistant, and the ledger of what the assistant does in it. */
package io.belay.demo.provider;
