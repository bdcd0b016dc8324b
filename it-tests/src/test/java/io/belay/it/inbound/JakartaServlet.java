package io.belay.it.inbound;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** For containers of the API's newer name. */
public final class JakartaServlet extends HttpServlet {
  private static final long serialVersionUID = 1;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    try {
      ServletPart.service(request, response);
    } catch (RuntimeException | IOException thrown) {
      throw thrown;
    } catch (Exception thrown) {
      throw new ServletException(thrown);
    }
  }
}
