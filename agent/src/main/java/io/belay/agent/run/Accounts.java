package io.belay.agent.run;

import io.belay.agent.rule.Limits;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The accounts of all callers, as many as there is room for. One is let go of when it says no more
 * than a new one would: its window is over, or nothing was used in it. When that leaves no room,
 * callers that come new share one account: none of them gets more than its limit, and somebody is
 * told.
 *
 * <p>A caller's key may be a secret, and long: only its digest is kept.
 */
final class Accounts {
  /** Some 500 bytes each. */
  static final int MOST = 50_000;

  /** What a key is known by. */
  private record Digest(long high, long low) {
    static Digest of(String key) {
      try {
        MessageDigest sha = MessageDigest.getInstance("SHA-256");
        ByteBuffer bytes = ByteBuffer.wrap(sha.digest(key.getBytes(StandardCharsets.UTF_8)));
        return new Digest(bytes.getLong(), bytes.getLong());
      } catch (NoSuchAlgorithmException everyJavaHasIt) {
        throw new IllegalStateException(everyJavaHasIt);
      }
    }
  }

  private final Limits limits;
  private final Budget jvm;
  private final long window;
  private final int most;
  private final Consumer<String> note;

  /**
   * Guarded by this. All windows are equally long and each goes to the end of the list when it
   * begins, so those that are over stand at the head.
   */
  private final Map<Object, Account> known = new LinkedHashMap<>();

  private @Nullable Account shared; // Guarded by this.

  /**
   * No caller yet.
   *
   * @param window how long a caller's use counts, in nanoseconds
   * @param most how many callers have an account of their own
   * @param note told when there are more
   */
  Accounts(Limits limits, Budget jvm, long window, int most, Consumer<String> note) {
    this.limits = limits;
    this.jvm = jvm;
    this.window = window;
    this.most = most;
    this.note = note;
  }

  /** Whether whoever says {@code key} has one. Asked for each request, before the clock is. */
  boolean areOpened(String key) {
    return !key.isEmpty() && !limits.values().isEmpty();
  }

  /**
   * The account of whoever says {@code key}, for a run that begins; {@code null} for nobody, and
   * where callers have no limits.
   */
  @Nullable Account open(String key, long now) {
    if (!areOpened(key)) {
      return null;
    }
    Digest digest = Digest.of(key);
    Account account;
    boolean full;
    synchronized (this) {
      dropPast(now);
      account = known.get(digest);
      full = account == null && known.size() >= most;
      if (full) {
        full = shared == null;
        account = shared == null ? fresh(null, now) : shared;
        shared = account;
      } else if (account == null) {
        account = fresh(digest, now);
        known.put(digest, account);
      }
      account.join(now);
    }
    if (full) {
      note.accept(
          most + " callers have a budget of their own; until some are done, others share one");
    }
    return account;
  }

  private Account fresh(@Nullable Digest key, long now) {
    return new Account(this, key, new Budget("key.", null, jvm, limits), now + window);
  }

  /** A run begins below one that has {@code account}. */
  synchronized void join(Account account, long now) {
    account.join(now);
  }

  /** A run of that account is over. */
  synchronized void leave(Account account, long now) {
    account.leave(now);
    if (account.isBlank() && account.key != null) {
      known.remove(account.key, account);
    }
  }

  /** Begins the next window of an account, unless somebody else has. */
  synchronized void turn(Account account, long now) {
    if (account.isPast(now)) {
      account.renew(now, window);
      if (account.key != null && known.remove(account.key, account)) {
        known.put(account.key, account);
      }
    }
  }

  synchronized long busy(Account account, long now) {
    return account.busy(now);
  }

  /** How many callers have an account of their own. */
  synchronized int size() {
    return known.size();
  }

  /** Lets go of accounts whose window is over, and begins a new one where a run goes on. */
  private void dropPast(long now) {
    if (shared != null && shared.isPast(now)) {
      if (shared.isIdle()) {
        shared = null;
      } else {
        shared.renew(now, window);
      }
    }
    while (!known.isEmpty()) {
      Iterator<Account> all = known.values().iterator();
      Account first = all.next();
      if (!first.isPast(now)) {
        return;
      }
      all.remove();
      if (!first.isIdle() && first.key != null) {
        first.renew(now, window);
        known.put(first.key, first);
      }
    }
  }
}
