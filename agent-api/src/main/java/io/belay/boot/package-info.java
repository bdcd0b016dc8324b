/**
 * What woven code calls, and nothing more: {@link io.belay.boot.Gate} and the types that cross it.
 *
 * <p>These classes live in the boot loader, because the JDK's own classes are woven too. They use
 * JDK types of {@code java.base} only and hold no policy: every decision is the {@link
 * io.belay.boot.Keeper}'s. Not an API for applications.
 */
package io.belay.boot;
