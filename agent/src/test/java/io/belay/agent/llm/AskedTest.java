package io.belay.agent.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What requests ask for that costs more than text does. */
class AskedTest {
  private static final String CHAT = "/v1/chat/completions";
  private static final String GEMINI = "/v1beta/models/gemini-3-flash:generateContent";

  private static Asked asked(String path, String members) {
    String body = members.replace('\'', '"');
    return Dialects.standard()
        .match("POST", "h", 443, path)
        .orElseThrow()
        .read(Sample.utf8(body), path, "")
        .asked();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "/v1/chat/completions|{}|UNSAID",
        "/v1/chat/completions|{'service_tier':'auto'}|UNSAID",
        "/v1/chat/completions|{'service_tier':null}|UNSAID",
        "/v1/chat/completions|{'service_tier':'flex'}|FLEX",
        "/v1/chat/completions|{'service_tier':'default'}|STANDARD",
        "/v1/chat/completions|{'service_tier':'Priority'}|PRIORITY",
        "/v1/responses|{'service_tier':'fast'}|PRIORITY",
        "/v1/responses|{'service_tier':'ultrafast'}|FAST",
        "/v1/responses|{'service_tier':'flex','service_tier':'warp'}|OTHER",
        // A commitment that is paid already: what it is called is no surcharge.
        "/v1/messages|{'service_tier':'auto'}|UNSAID",
        "/v1/messages|{'speed':'fast'}|FAST",
        "/v1/messages|{'speed':'standard'}|STANDARD",
        "/v1beta/models/g:generateContent|{'serviceTier':'SERVICE_TIER_PRIORITY'}|PRIORITY",
        "/model/m/converse|{'serviceTier':{'type':'priority'}}|PRIORITY",
        "/model/m/converse|{'performanceConfig':{'latency':'optimized'}}|PRIORITY",
      })
  void tiersAreReadWhereverTheyStand(String path, String members, Service service) {
    assertEquals(service, asked(path, members).service());
  }

  @Test
  void whatIsLeftOpenIsSetAsideAsTheStandard() {
    assertEquals(Service.STANDARD, asked(CHAT, "{}").reserved());
    assertEquals(Service.STANDARD, asked(CHAT, "{'service_tier':'flex'}").reserved());
    assertEquals(Service.PRIORITY, asked(CHAT, "{'service_tier':'priority'}").reserved());
    assertTrue(asked("/v1/messages", "{'inference_geo':'us'}").regional());
    assertFalse(asked("/v1/messages", "{'inference_geo':'global'}").regional());
  }

  @Test
  void soundAndPicturesAreSeen() {
    String sound = "{'messages':[{'content':[{'input_audio':{'data':'UklG','format':'wav'}}]}]}";
    assertTrue(asked(CHAT, sound).audioIn());
    assertTrue(asked(CHAT, "{'messages':[{'role':'assistant','audio':{'id':'a'}}]}").audioIn());
    assertFalse(asked(CHAT, "{'messages':[{'content':'audio'}]}").audioIn());
    assertTrue(asked(CHAT, "{'modalities':['text','audio']}").audioOut());
    for (String type : new String[] {"audio/wav", "video/mp4"}) {
      String part = "{'inlineData':{'mimeType':'" + type + "','data':'UklG'}}";
      assertTrue(asked(GEMINI, "{'contents':[{'parts':[" + part + "]}]}").audioIn());
    }
    assertTrue(asked(GEMINI, "{'generationConfig':{'responseModalities':['AUDIO']}}").audioOut());
    assertTrue(asked(GEMINI, "{'generationConfig':{'responseModalities':['IMAGE']}}").pictureOut());
    assertTrue(asked(GEMINI.replace("flash", "pro-image"), "{}").pictureOut());
    assertFalse(asked(GEMINI, "{}").pictureOut());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "/v1/messages|{'tools':[{'type':'custom','max_uses':9}]}|0",
        "/v1/messages|{'tools':[{'type':'web_search_20250305','max_uses':3}]}|3",
        "/v1/messages|{'tools':[{'type':'web_search_20250305'}]}|5",
        "/v1/messages|{'tools':[{'type':'web_search_1'},{'type':'web_fetch_1','max_uses':2}]}|5",
        "/v1/responses|{'tools':[{'type':'function'}]}|0",
        "/v1/responses|{'tools':[{'type':'web_search'}]}|5",
        "/v1/responses|{'tools':[{'type':'web_search_preview'}],'max_tool_calls':2}|2",
        "/v1/chat/completions|{'web_search_options':{}}|1",
        "/v1/chat/completions|{'web_search_options':null}|0",
        "/v1/chat/completions|{'model':'gpt-4o-search-preview'}|1",
        "/v1beta/models/g:generateContent|{'tools':[{'googleSearch':{}}]}|5",
        "/v1beta/models/g:generateContent|{'tools':[{'functionDeclarations':[]}]}|0",
      })
  void searchesAreBoundedOrFew(String path, String members, long searches) {
    assertEquals(searches, asked(path, members).searches());
  }

  @Test
  void soundIsAsLongAsItsBytesAllow() {
    String minutes = "UklG".repeat(1 << 18);
    String body = "{'messages':[{'content':[{'input_audio':{'data':'" + minutes + "'}}]}]}";
    LlmRequest request =
        Dialects.standard()
            .match("POST", "h", 443, CHAT)
            .orElseThrow()
            .read(Sample.utf8(body.replace('\'', '"')), CHAT, "");
    assertEquals((1 << 20) / 256 + Tokens.PER_MESSAGE, Tokens.input(request));
  }
}
