#include "know/know.h"
#include "tap.h"

static struct know know;

static void speaks(const char *want, const char *text)
{
  is_slice(language_of(know.languages, slice_of(text)), slice_of(want), text);
}

int main(void)
{
  struct error error = {0};
  ok(know_open_languages(&know, NULL, 0, &error) == ST_OK, "the table of languages loads alone");
  speaks("en", "The minister told reporters on Tuesday that the two sides had agreed to meet again in March.");
  speaks("en", "THE MINISTER TOLD REPORTERS ON TUESDAY THAT THE TWO SIDES HAD AGREED TO MEET AGAIN IN MARCH.");
  speaks("de", "Der Minister sagte am Dienstag vor Journalisten, dass sich die beiden Seiten im März wieder treffen wollen.");
  speaks("fr", "Le ministre a déclaré mardi à la presse que les deux parties se retrouveraient en mars dans la capitale.");
  speaks("es", "El ministro dijo el martes a la prensa que las dos partes volverán a reunirse en marzo en la capital.");
  speaks("pt", "O ministro disse na terça-feira aos jornalistas que as duas partes vão reunir-se de novo em março na capital.");
  speaks("it", "Il ministro ha detto martedì ai giornalisti che le due parti si incontreranno di nuovo a marzo nella capitale.");
  speaks("nl", "De minister zei dinsdag tegen journalisten dat de twee partijen elkaar in maart weer in de hoofdstad zullen zien.");
  speaks("pl", "Minister powiedział we wtorek dziennikarzom, że obie strony spotkają się ponownie w marcu i że nie ma o czym mówić.");
  speaks("ru",
         "Министр сказал во вторник журналистам, что стороны снова "
         "встретятся в марте и что это не последняя встреча.");
  speaks("uk",
         "Міністр сказав у вівторок журналістам, що сторони знову "
         "зустрінуться у березні та що це не остання зустріч.");
  speaks("ar",
         "قال الوزير يوم الثلاثاء إن الجانبين سيجتمعان مرة أخرى في "
         "مارس في العاصمة من أجل هذا الاتفاق");
  speaks("tr",
         "Bakan salı günü gazetecilere iki tarafın mart ayında bir kez daha bir araya geleceğini ve bunun için "
         "çok çalıştıklarını söyledi.");
  speaks("id", "Menteri itu mengatakan kepada wartawan pada hari Selasa bahwa kedua pihak akan bertemu lagi di ibu kota pada bulan Maret.");
  speaks("und", "部長週二對記者表示雙方將於三月在首都再次會晤並討論兩國關係");
  speaks("und", "대변인은 화요일에 두 정상이 삼월에 다시 만날 것이라고 기자들에게 말했다고 밝혔다");
  /* too little to tell: an English reader had better try */
  speaks("", "");
  speaks("", "12 345 678 -- 9 / 10 * ...");
  speaks("", "Bruxelles, mardi");
  speaks("", "Smith Jones Miller Brown Garcia Davis Wilson Moore Taylor Anderson Thomas Jackson");
  /* what is quoted in another language makes the text no less English */
  speaks("en", "\"Die Lage ist ernst und wir sind nicht bereit\", the chancellor said on Monday, and he added that it was up to the others to act.");
  speaks("", "The king wrote: \"I shall not abdicate. I shall not.\" And i non.");
  know_free(&know);
  return tap_end();
}
