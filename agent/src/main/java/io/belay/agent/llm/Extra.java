package io.belay.agent.llm;

/**
 * What of a call costs otherwise than its tokens of text do at the standard tier.
 *
 * @param service the tier that the answer names; {@link Service#STANDARD} where it names none
 * @param regional whether it was kept in one region, for which some providers take more
 * @param audioInput the part of the input that is sound
 * @param audioOutput the part of the output that is sound
 * @param audioCacheRead the part of the cache reads that is sound
 * @param pictureOutput the part of the output that is pictures or film
 * @param searches searches of the web that the provider made
 */
public record Extra(
    Service service,
    boolean regional,
    long audioInput,
    long audioOutput,
    long audioCacheRead,
    long pictureOutput,
    long searches) {

  /** Nothing of the kind. */
  public static final Extra NONE = new Extra(Service.STANDARD, false, 0, 0, 0, 0, 0);

  /** Raises negative numbers to 0. */
  public Extra {
    audioInput = Math.max(0, audioInput);
    audioOutput = Math.max(0, audioOutput);
    audioCacheRead = Math.max(0, audioCacheRead);
    pictureOutput = Math.max(0, pictureOutput);
    searches = Math.max(0, searches);
  }

  /** The counts of an answer, which names its tier elsewhere. */
  static Extra of(Fields fields) {
    return counts(
        fields.number(Slot.AUDIO_INPUT),
        fields.number(Slot.AUDIO_OUTPUT),
        fields.number(Slot.AUDIO_CACHE_READ),
        fields.number(Slot.PICTURE_OUTPUT),
        fields.number(Slot.SEARCHES));
  }

  private static Extra counts(long in, long out, long read, long picture, long searches) {
    return (in | out | read | picture | searches) == 0
        ? NONE
        : new Extra(Service.STANDARD, false, in, out, read, picture, searches);
  }

  Extra searched(long times) {
    return times == searches
        ? this
        : new Extra(
            service, regional, audioInput, audioOutput, audioCacheRead, pictureOutput, times);
  }

  Extra at(Service tier, boolean inRegion) {
    return tier == service && inRegion == regional
        ? this
        : new Extra(
            tier, inRegion, audioInput, audioOutput, audioCacheRead, pictureOutput, searches);
  }

  Extra generated(long audio, long picture) {
    return audio == audioOutput && picture == pictureOutput
        ? this
        : new Extra(service, regional, audioInput, audio, audioCacheRead, picture, searches);
  }

  /** The larger of each, the dearer tier. */
  Extra atLeast(Extra other) {
    return equals(other)
        ? this
        : new Extra(
            service.or(other.service),
            regional || other.regional,
            Math.max(audioInput, other.audioInput),
            Math.max(audioOutput, other.audioOutput),
            Math.max(audioCacheRead, other.audioCacheRead),
            Math.max(pictureOutput, other.pictureOutput),
            Math.max(searches, other.searches));
  }
}
