package io.belay.agent.http;

import io.belay.boot.Adapter;
import io.belay.boot.Exchange;
import org.jspecify.annotations.Nullable;

/** The SQL clients of Vert.x 4.5 and 5, whose commands are told apart in {@link VertxCommand}. */
public final class VertxSqlAdapter extends Adapter {
  private static final String CONNECT = "connect";

  @Override
  public @Nullable Exchange open(Object self, Object[] args) {
    Object command = handle(self, args);
    if (command == null) {
      return new VertxSqlCall(self, null, args, CONNECT);
    }
    String text = VertxCommand.text(command);
    return text == null ? null : new VertxSqlCall(self, command, args, text);
  }

  @Override
  public @Nullable Object handle(Object self, Object @Nullable [] args) {
    if (args != null) {
      for (Object arg : args) {
        if (arg != null && VertxCommand.isOne(arg)) {
          return arg;
        }
      }
    }
    return null;
  }
}
