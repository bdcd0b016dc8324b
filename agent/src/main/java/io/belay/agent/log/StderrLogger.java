package io.belay.agent.log;

import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.AbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/** Hands what shaded libraries log through slf4j to {@link Log}: their own lines, our rules. */
final class StderrLogger extends AbstractLogger {
  private static final long serialVersionUID = 1L;

  StderrLogger(String name) {
    this.name = name;
  }

  @Override
  protected void handleNormalizedLoggingCall(
      Level level, Marker marker, String message, Object[] arguments, Throwable throwable) {
    Log.write(
        ours(level),
        name + ": " + MessageFormatter.basicArrayFormat(message, arguments),
        throwable);
  }

  /** Below a warning, a library's words are only for who asked for {@code debug}. */
  private static Log.Level ours(Level level) {
    switch (level) {
      case ERROR:
        return Log.Level.ERROR;
      case WARN:
        return Log.Level.WARN;
      default:
        return Log.Level.DEBUG;
    }
  }

  @Override
  protected String getFullyQualifiedCallerName() {
    return StderrLogger.class.getName();
  }

  @Override
  public boolean isTraceEnabled() {
    return false;
  }

  @Override
  public boolean isTraceEnabled(Marker marker) {
    return false;
  }

  @Override
  public boolean isDebugEnabled() {
    return Log.isOn(Log.Level.DEBUG);
  }

  @Override
  public boolean isDebugEnabled(Marker marker) {
    return isDebugEnabled();
  }

  @Override
  public boolean isInfoEnabled() {
    return isDebugEnabled();
  }

  @Override
  public boolean isInfoEnabled(Marker marker) {
    return isDebugEnabled();
  }

  @Override
  public boolean isWarnEnabled() {
    return Log.isOn(Log.Level.WARN);
  }

  @Override
  public boolean isWarnEnabled(Marker marker) {
    return isWarnEnabled();
  }

  @Override
  public boolean isErrorEnabled() {
    return Log.isOn(Log.Level.ERROR);
  }

  @Override
  public boolean isErrorEnabled(Marker marker) {
    return isErrorEnabled();
  }
}
