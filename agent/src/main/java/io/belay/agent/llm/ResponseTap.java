package io.belay.agent.llm;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Listens to the body of one answer as it passes to the application and knows what it used.
 *
 * <p>Keeps no part of the body (unless a tokenizer was asked for), delays nothing and throws
 * nothing. Bytes come from one thread at a time, in order; {@link #cut} may come from any other, as
 * when a call is aborted while a chunk arrives, and waits for that chunk at most. {@link #soFar},
 * {@link #usage}, {@link #finish}, {@link #responseId} and {@link #model} take no lock, may be
 * called by any thread at any time, and see the state after some recent call of {@code bytes}.
 */
public final class ResponseTap {

  /** How far the answer has come. */
  public enum Finish {
    /** Bytes may still come. */
    RUNNING,
    /** The provider has said all it wanted. */
    COMPLETE,
    /** The body ended before that. */
    CUT,
    /** The provider reported an error inside a successful answer. */
    ERROR,
    /** The status was not a success; nothing was generated. */
    REJECTED
  }

  /** What other threads see; published as one. */
  private record Seen(
      Usage reported, boolean known, boolean settled, Extra extra, String id, String model) {}

  /** Base64 of generated sound or pictures that stands for one token, or more. */
  private static final long SOUND_PER_TOKEN = 1024;

  /** A stream's first bytes are looked at in such pieces. */
  private static final int STEP = 64;

  private final LlmRequest request;
  private final ResponseHead head;
  private final Estimate estimate;
  private final Optional<KeptText> kept;
  private final Tally tally;
  private final Feed feed;
  private boolean closed;
  private boolean faulty;
  private int version;
  private final AtomicReference<Seen> seen;
  private final AtomicReference<Finish> finish = new AtomicReference<>(Finish.RUNNING);
  private final AtomicLong textBytes = new AtomicLong();
  private final AtomicLong pieces = new AtomicLong();
  private final AtomicLong soundBytes = new AtomicLong();
  private final Unread unread; // Guarded by this.
  private final AtomicLong unreadTokens = new AtomicLong();
  private byte[] copy = {};

  ResponseTap(Dialect dialect, LlmRequest request, ResponseHead head, Estimate estimate) {
    this.request = request;
    this.head = head;
    this.estimate = estimate;
    this.kept = estimate.tokenizer().map(tokenizer -> new KeptText());
    this.tally = new Tally(request.answers(), kept);
    tally.serve(head.service());
    this.version = tally.version();
    this.seen =
        new AtomicReference<>(new Seen(Usage.NONE, false, false, extra(Usage.NONE), "", ""));
    this.feed = Feeds.of(dialect, tally, head);
    this.unread = new Unread(dialect.bytesPerToken(), Feeds.isPacked(head));
    if (head.rejected()) {
      finish.set(Finish.REJECTED);
    } else if (head.countedInput() >= 0 && head.countedOutput() >= 0) {
      // Headers come first; counts in the body know of caches too and replace these.
      tally.reportAhead(new Usage(head.countedInput(), head.countedOutput(), 0, 0, 0, 0, false));
      publish();
    }
  }

  /** The next bytes of the body. They are read before the call returns and not kept. */
  public synchronized void bytes(byte[] b, int off, int len) {
    if (closed || faulty || len <= 0 || finish.getPlain() == Finish.REJECTED) {
      return;
    }
    try {
      int at = request.streamed() && tally.pieces() == 0 ? head(b, off, off + len) : off;
      feed.feed(b, at, off + len);
      unread.came(off + len - at, true);
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      faulty = true;
      tally.doubt();
    }
    publish();
  }

  /** What comes before a stream's first text says nothing of the size of a token. */
  private int head(byte[] b, int from, int to) {
    int at = from;
    while (to - at > STEP && tally.pieces() == 0) {
      feed.feed(b, at, at + STEP);
      at += STEP;
      unread.came(STEP, tally.pieces() > 0);
    }
    return at;
  }

  /**
   * So many bytes of a stream have come and nobody will read them.
   *
   * @param packed whether they would have come here unpacked
   * @param most the most output that the whole answer can have
   */
  public synchronized void unread(long bytes, boolean packed, long most) {
    if (!closed && request.streamed() && finish.getPlain() == Finish.RUNNING) {
      unread.left(bytes, packed, most);
      publish();
    }
  }

  /** The next bytes of the body, from position to limit; neither is changed. */
  public synchronized void bytes(ByteBuffer b) {
    if (b.hasArray()) {
      bytes(b.array(), b.arrayOffset() + b.position(), b.remaining());
      return;
    }
    if (copy.length == 0) {
      copy = new byte[4096];
    }
    int at = b.position();
    while (at < b.limit()) {
      int n = Math.min(copy.length, b.limit() - at);
      b.get(at, copy, 0, n);
      bytes(copy, 0, n);
      at += n;
    }
  }

  /** The body has ended by itself. */
  public void end() {
    close(true);
  }

  /** The body was closed, aborted or broke off. */
  public void cut() {
    close(false);
  }

  private synchronized void close(boolean whole) {
    if (closed) {
      return;
    }
    closed = true;
    try {
      if (whole && !faulty) {
        feed.end();
      } else if (feed instanceof InflateFeed packed) {
        packed.close();
      }
    } catch (RuntimeException | LinkageError e) {
      tally.doubt();
    }
    publish();
    boolean complete = tally.settled() || tally.isTerminal();
    Finish end = complete ? Finish.COMPLETE : Finish.CUT;
    finish.compareAndSet(Finish.RUNNING, tally.isError() ? Finish.ERROR : end);
  }

  private void publish() {
    textBytes.setRelease(tally.textBytes() + feed.pendingText());
    pieces.setRelease(tally.pieces());
    soundBytes.setRelease(tally.soundBytes());
    if (unread.isLeft()) {
      unreadTokens.setRelease(unread.tokens(counted(tally.textBytes())));
    }
    boolean settled = tally.settled();
    if (version != tally.version() || seen.getPlain().settled != settled) {
      version = tally.version();
      Extra extra = extra(tally.reported());
      seen.setRelease(
          new Seen(
              tally.reported().with(extra),
              tally.hasReport(),
              settled,
              extra,
              new String(tally.id(), StandardCharsets.UTF_8),
              new String(tally.model(), StandardCharsets.UTF_8)));
    }
  }

  /**
   * The provider's own numbers if it has given its last ones, else {@link #soFar}, refined by the
   * tokenizer if there is one and the answer is over.
   */
  public Usage usage() {
    Usage usage = soFar();
    if (!usage.estimated() || kept.isEmpty() || finish() == Finish.RUNNING) {
      return usage;
    }
    long counted = counted(kept.get());
    return counted < 0
        ? usage
        : withOutput(usage, Math.max(certainOutput(), counted) + unreadTokens.getAcquire());
  }

  /** By the tokenizer, which is foreign code; -1 if it cannot tell. */
  private long counted(KeptText text) {
    try {
      return text.whole() ? estimate.tokenizer().orElseThrow().count(text.text()) : -1;
    } catch (RuntimeException | LinkageError e) {
      return -1;
    }
  }

  /**
   * What has been used up to now: exact once the provider has given its last numbers, until then
   * the input as estimated or as told at the start, and the output as the larger of what was told
   * and what the text received amounts to. Never goes down while bytes come, except when exact
   * numbers replace an estimate.
   */
  public Usage soFar() {
    if (head.rejected()) {
      return Usage.NONE;
    }
    Seen now = seen.getAcquire();
    long text = textBytes.getAcquire();
    if (now.settled && counts(now.reported, text)) {
      return now.reported;
    }
    long sound = soundBytes.getAcquire() / SOUND_PER_TOKEN;
    long output =
        Math.max(now.reported.output(), counted(text) + sound) + unreadTokens.getAcquire();
    boolean told = now.known && now.reported.input() > 0;
    Usage guess = Usage.estimate(told ? 0 : estimate.input(), 0);
    Usage known = now.known ? now.reported.atLeast(guess) : guess;
    return withOutput(known, output).with(request.asked().guess(now.extra, guess.input(), sound));
  }

  private long counted(long text) {
    long byBytes = (long) Math.ceil(text * estimate.outputTokensPerByte());
    // Providers send at least one token a piece.
    return Math.max(byBytes, request.streamed() ? pieces.getAcquire() : 0);
  }

  /** What the counts leave out: the tier, and searches that are not counted with them. */
  private Extra extra(Usage reported) {
    Extra told = reported.extra();
    long searches = told.searches();
    if (!tally.settled()) {
      searches = Math.max(searches, tally.searches());
    }
    if (reported.total() > 0 || tally.pieces() > 0) {
      searches = Math.max(searches, request.asked().searchesAlways() ? 1 : 0);
    }
    long untold = tally.soundBytes() > 0 ? reported.output() - reported.reasoning() : 0;
    boolean parts = told.audioOutput() > 0 || told.pictureOutput() > 0;
    Extra generated = parts ? told : request.asked().generated(told, untold);
    return generated
        .searched(searches)
        .at(request.asked().served(tally.tier()), tally.isRegional());
  }

  /** Some servers and gateways do not count and say zero: a limit would never be reached. */
  private static boolean counts(Usage told, long text) {
    return told.input() > 0 && (told.output() > 0 || text == 0);
  }

  /** Whether nothing tells what was generated: neither a count nor a text. */
  public boolean isUntold() {
    Seen now = seen.getAcquire();
    boolean told = now.known && now.reported.total() > 0;
    return !told && textBytes.getAcquire() == 0 && soundBytes.getAcquire() == 0;
  }

  /**
   * An estimate is no more than a provider generates that keeps to its bound, unless so much came
   * that this one does not.
   *
   * @param bound the most output that the answer can have; not above 0 for none
   */
  public Usage within(Usage usage, long bound) {
    if (!usage.estimated() || bound <= 0 || usage.output() <= bound) {
      return usage;
    }
    long sure = Math.max(certainOutput(), (long) (textBytes.getAcquire() * Calibration.LEAST));
    return sure > bound ? usage : withOutput(usage, bound);
  }

  /**
   * Whether the provider has given its last numbers, though the body may go on. What is generated
   * after that all the same is counted with them and takes this back.
   */
  public boolean isCounted() {
    Seen now = seen.getAcquire();
    return now.settled && !head.rejected() && counts(now.reported, textBytes.getAcquire());
  }

  /**
   * Output tokens there have been for certain: what the provider has told, or one for each piece of
   * a stream.
   */
  public long certainOutput() {
    long streamed = request.streamed() ? pieces.getAcquire() : 0;
    return Math.max(seen.getAcquire().reported.output(), streamed);
  }

  private static Usage withOutput(Usage usage, long output) {
    return new Usage(
        usage.input(),
        output,
        usage.cacheRead(),
        usage.cacheWrite(),
        usage.cacheWriteHour(),
        usage.reasoning(),
        true,
        usage.extra());
  }

  public Finish finish() {
    return Objects.requireNonNull(finish.get());
  }

  /**
   * Whether the answer only said that another is being made, which costs whatever becomes of it.
   * Known when the answer is over.
   */
  public synchronized boolean isPending() {
    return tally.isPending();
  }

  /** Whether the provider has reported an error inside the answer. */
  public synchronized boolean failed() {
    return tally.isError();
  }

  /** Bytes of generated text seen so far, for {@link Calibration#learnOutput}. */
  public long textBytes() {
    return textBytes.getAcquire();
  }

  /**
   * Whether an answer that is not over is dearer than what was set aside for it: by its tier, its
   * region or its searches.
   */
  public boolean isDearer() {
    Seen now = seen.getAcquire();
    return !now.settled && request.asked().isExceededBy(now.extra);
  }

  /** The provider's id of the answer, else of the request; "" if it named none. */
  public String responseId() {
    String id = seen.getAcquire().id;
    return id.isEmpty() ? head.requestId() : id;
  }

  /** The model that answers, by its own account; the one asked for if it does not say. */
  public String model() {
    String model = answeredBy();
    return model.isEmpty() ? request.model() : model;
  }

  /** The same; "" if it does not say. */
  public String answeredBy() {
    return seen.getAcquire().model;
  }
}
