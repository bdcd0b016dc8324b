package io.belay.agent.llm;

/** What can stand at a place of a request. */
final class Ask {
  /** Anything that has no meaning for the count; stops a deep place from counting it. */
  static final int SKIP = 0;

  /** Text that the model reads. */
  static final int TEXT = 1;

  /** JSON that the model reads as it stands: tool schemas, arguments. */
  static final int RAW = 2;

  static final int MESSAGE = 3;
  static final int TOOL = 4;

  /** An address of a picture. */
  static final int IMAGE = 5;

  /** Base64 of a picture, a sound or a file; plain text in a few formats. */
  static final int BINARY = 6;

  /** Names input that is not in this body. */
  static final int HIDDEN = 7;

  static final int ROOT = 8;
  static final int MODEL = 9;
  static final int STREAM = 10;

  /** The output limit under the name that the dialect prefers. */
  static final int LIMIT = 11;

  /** The output limit under its older name. */
  static final int LIMIT_OLD = 12;

  /** The object that holds the limit, where it is not the body itself. */
  static final int CONFIG = 13;

  /** How many answers are wanted. */
  static final int ANSWERS = 14;

  /** The part of the limit that may go into thinking. */
  static final int THINKING = 15;

  static final int STREAM_OPTIONS = 16;
  static final int INCLUDE_USAGE = 17;

  /** Only models that think take this. */
  static final int EFFORT = 18;

  /** One of several prompts: a text, or token ids. */
  static final int PROMPT = 19;

  static final int TOKEN = 20;

  /** A message, or an array of them; an object there is something else. */
  static final int MESSAGES = 21;

  /** Sound, in the body or by the name of an earlier answer. */
  static final int AUDIO = 22;

  /** The type of a file, which tells sound and film. */
  static final int MEDIA = 23;

  /** The tier of service, how fast the model is to be, the region. */
  static final int SERVICE = 24;

  static final int SPEED = 25;
  static final int REGION = 26;

  /** A kind of output that is wanted. */
  static final int MODALITY = 27;

  /** What kind of tool it is, how often it may search, how much that is to bring. */
  static final int TOOL_TYPE = 28;

  static final int SEARCH = 29;
  static final int MOST_SEARCHES = 30;
  static final int MOST_CALLS = 31;
  static final int SEARCH_SIZE = 32;

  /** Each answer searches, and is paid for as one search. */
  static final int SEARCH_ONCE = 33;

  /** The conversation, or the answer of one, that the provider keeps and this goes on with. */
  static final int CONTINUES = 34;

  private Ask() {}

  /**
   * Text at any depth the way providers nest it, with the places where they put things that are not
   * text. One for all dialects: the names do not collide.
   */
  static Shape content() {
    Shape text = new Shape().putDeep(TEXT, "");
    text.put(
        SKIP,
        "type",
        "role",
        "id",
        "call_id",
        "tool_call_id",
        "tool_use_id",
        "toolUseId",
        "detail",
        "format",
        "media_type",
        "mimeType",
        "mime_type",
        "status");
    text.putDeep(SKIP, "cache_control", "cachePoint");
    text.put(RAW, "input", "args", "arguments", "json", "response");
    text.put(
        IMAGE,
        "image_url",
        "image_url.url",
        "source.url",
        "fileData.fileUri",
        "file_data.file_uri");
    text.put(
        BINARY,
        "source.data",
        "source.bytes",
        "inlineData.data",
        "inline_data.data",
        "file.file_data",
        "file_data",
        "images[]");
    text.put(AUDIO, "input_audio.data", "audio.id");
    text.put(
        MEDIA,
        "inlineData.mimeType",
        "inline_data.mime_type",
        "fileData.mimeType",
        "file_data.mime_type");
    text.put(HIDDEN, "file_id", "file.file_id", "file_url", "source.file_id", "source.s3Location");
    // These lead out of the deep place, so what lies beside the data is told again.
    text.at("source").elsewhere(text);
    text.at("file").elsewhere(text);
    return text;
  }
}
