package metadata

import (
	"strings"

	"parley/corpus/internal/text"
)

// The words of lines of credits.

// ago reads how long ago something was: "2 hours ago", "vor 3 Stunden",
// "yesterday at 10:15".
func (r *creditReader) ago(i int) int {
	start := i
	switch {
	case r.is(i, "vor", "hace", "ha", "за") && r.amount(i+1) > i+1:
		return r.skip(r.amount(i+1), ".")
	case r.is(i, "il") && r.is(i+1, "y") && r.is(i+2, "a") && r.amount(i+3) > i+3:
		return r.amount(i + 3)
	case r.is(i, "yesterday", "today", "gestern", "heute", "hier", "ayer", "hoy", "ieri", "oggi", "gisteren", "vandaag", "wczoraj", "dzis", "вчера", "сегодня", "ontem", "hoje"):
		if next := r.clock(r.skip(i+1, ",", "at", "um", "a", "à", "alle", "om", "o", "в")); next > i+1 || r.label != unlabelled {
			return max(next, i+1)
		}
		return start
	case r.is(i, "just") && r.is(i+1, "now"):
		return i + 2
	}
	next := r.amount(i)
	for next > i && r.is(next, "and", ",") && r.amount(next+1) > next+1 {
		next = r.amount(next + 1)
	}
	if next > i && r.is(next, "ago", "fa", "geleden", "temu", "назад", "тому", "sedan", "siden", "sitten", "atras", "once", "前", "전", "earlier") {
		return next + 1
	}
	return start
}

// amount reads a number with a unit of time.
func (r *creditReader) amount(i int) int {
	if r.num(i, 3) || r.is(i, "a", "an", "one", "few", "einer", "einem", "une", "un", "una", "uma", "een") {
		if n := r.skip(i+1, "-", "+"); timeUnit(r.at(n).text) {
			return r.skip(n+1, ".")
		}
		if r.is(i+1, "時", "时", "小") { // 3時間前, 3小时前
			return r.skip(i+1, "時", "间", "間", "小", "时")
		}
	}
	return i
}

// timeUnit reports whether a folded word is a unit of time.
func timeUnit(s string) bool {
	switch s {
	case "s", "sec", "secs", "second", "seconds", "m", "min", "mins", "minute", "minutes", "h", "hr", "hrs", "hour", "hours", "d", "day", "days", "week", "weeks", "month", "months", "year", "years",
		"minuten", "stunde", "stunden", "std", "tag", "tage", "tagen", "woche", "wochen", "monat", "monaten", "jahr", "jahren",
		"heure", "heures", "jour", "jours", "semaine", "semaines", "mois", "an", "ans", "hora", "horas", "minuto", "minutos", "dia", "dias", "semana", "semanas", "mes", "meses",
		"ora", "ore", "minuti", "giorno", "giorni", "settimana", "settimane", "mesi", "uur", "minuut", "dag", "dagen", "weken", "maand", "maanden",
		"godzina", "godziny", "godzin", "godz", "minuta", "minuty", "minut", "dni", "dzien", "час", "часа", "часов", "мин", "минут", "минуты", "минуту", "дня", "днеи", "день",
		"timme", "timmar", "dagar", "minuter", "time", "timer", "dage", "dager", "tunti", "tuntia", "dakika", "saat", "分", "日", "시간", "분", "일":
		return true
	}
	return false
}

// toRead reads how long it takes to read a text: "4 min read", "Lesezeit: 3 Min.".
func (r *creditReader) toRead(i int) int {
	start := i
	words := 0
	for ; words < 4 && readingWord(r.at(i).text); words++ {
		i++
	}
	if words > 0 {
		i = r.skip(i, ":", "-", "ca", ".", "~")
	}
	next := r.amount(i)
	if next == i {
		return start
	}
	unit := r.at(next - 1).text
	after := next
	for n := 0; n < 3 && readingWord(r.at(after).text); n++ {
		after++
	}
	minutes := strings.HasPrefix(unit, "m") || strings.HasPrefix(r.at(i+1).text, "m") || strings.HasPrefix(r.at(i+2).text, "m") || strings.HasPrefix(r.at(i+1).text, "м") || strings.HasPrefix(r.at(i+1).text, "dakika")
	ends := r.end(after) || r.separator(after) > after
	if words == 0 && after == next && (!minutes || !ends) {
		return start
	}
	return r.skip(after, ".")
}

// readingWord reports whether a folded word speaks of the time to read.
func readingWord(s string) bool {
	switch s {
	case "read", "reading", "listen", "listening", "est", "estimated", "time", "lesezeit", "lesedauer", "temps", "tiempo", "tempo", "de", "di", "lecture", "lectura", "lettura", "leitura", "leestijd", "czas", "czytania", "время", "чтения", "lastid", "laesetid", "lukuaika", "okuma", "suresi", "lire", "leer":
		return true
	}
	return false
}

// counts reads the number of comments and the like, and what a line offers to do
// with a text.
func (r *creditReader) counts(i int) int {
	n := i
	if r.at(n).kind == number {
		n++
		n = r.skip(n, "k")
	} else if r.is(n, "no", "keine", "leave") {
		n = r.skip(n+1, "a")
	}
	if !countWord(r.at(n).text) {
		return i
	}
	if n == i && (r.inText() || !r.end(n+1) && r.separator(n+1) == n+1 && !r.is(n+1, "(")) {
		return i
	}
	n++
	if r.is(n, "(") && r.at(n+1).kind == number && r.is(n+2, ")") {
		n += 3
	}
	return n
}

// release reads what an office calls what it tells the press, if the line ends there
// or a mark or a date follows: "Press release no. 14/2026", "Pressemitteilung Nr. 14
// vom 05.02.2026".
func (r *creditReader) release(i int) int {
	if r.inText() {
		return i
	}
	at := r.at(i).Start
	end := at + len(releaseName().FindString(r.line[at:]))
	j := i
	for !r.end(j) && r.at(j).Start < end {
		j++
	}
	var d civil
	if _, dated := r.day(j, &d); !dated && !r.end(j) && r.separator(j) == j {
		return i
	}
	return j
}

// releaseName is such a name, with its number and the word that leads to its date.
var releaseName = text.Pattern(`(?i)^((press|news|media) (release|statement|notice)|(presse|medien)(mitteilung|information|meldung)|communiqué( de presse)?|(nota|comunicado) de (prensa|imprensa)|comunicato stampa|persbericht|pressmeddelande|pressemeddelelse|komunikat prasowy|пресс-релиз)` +
	`( ?[(]?((no|nr|n[°ºr]|núm|num|#)[.:]? ?\d+([/-]\d+)?|\d+/\d+)[)]?)?(,|( (vom|du|del|of|from|van|av|z dnia|от))?\b)`)

// countWord reports whether a folded word is of what pages count and offer.
func countWord(s string) bool {
	switch s {
	case "comment", "comments", "view", "views", "share", "shares", "like", "likes", "words", "kommentar", "kommentare", "aufrufe", "commentaire", "commentaires", "comentario", "comentarios", "commento", "commenti", "reactie", "reacties", "komentarz", "komentarze", "komentarzy", "комментарии", "комментариев", "комментария", "просмотров",
		"print", "save", "email", "bookmark", "teilen", "drucken", "merken", "partager", "imprimer", "compartir", "imprimir", "condividi", "stampa", "delen", "udostepnij", "drukuj", "поделиться":
		return true
	}
	return false
}

// clock reads a time of day that stands alone: "10:15 Uhr", "18h30".
func (r *creditReader) clock(i int) int {
	if r.inText() && r.at(i).kind != number {
		return i
	}
	at := i
	if r.is(i, "at", "um", "a", "às", "alle", "ore", "om", "kl", "godz", "o") {
		at = r.skip(i+1, ".", "las")
	}
	var c clock
	if !r.num(at, 2) {
		return i
	}
	if next, ok := r.time(at, &c); ok && c.valid() && (r.at(at+1).text == ":" || next > at+2) {
		return next
	}
	return i
}

// byWord goes past what stands before the name of an author. Words of other
// languages are parts of names too: they count where a piece begins and the line
// is of the language or has a capital behind them.
func (r *creditReader) byWord(i int) int {
	j := i
	for n := 0; n < 3 && workWord(r.at(j).text); n++ {
		j++
	}
	t := r.at(j)
	switch {
	case j > i && r.is(j, ":") && !r.inText():
	case t.kind != word, hasStem(r.at(j-1).text, "photo", "pictur", "imag", "graphic", "illustrat", "edit", "translat", "video", "foto", "bild"):
		return i
	case t.text == "by", t.text == "przez" && j > i:
		j++
	case t.text == "a" && r.is(j+1, "cura") && r.is(j+2, "di"):
		j += 3
	case byForeign(t.text) && !r.inText() && (j > i || r.speaks(t.text)):
		j++
	case authorWord(t.text) && !r.inText() && r.is(j+1, ":"):
		j++
	default:
		return i
	}
	j = r.skip(j, ":")
	if r.end(j) {
		return i
	}
	rest := r.line[r.at(j).Start:]
	if t.text != "by" && !capitalised(rest) {
		return i
	}
	if t.text == "by" && !capitalised(rest) && rest[0] != '@' {
		first, _, _ := strings.Cut(rest, " ")
		if !isHandle(first) || r.inText() && !strings.ContainsAny(first, "_@0123456789") && len(r.pieces) < 2 {
			return i
		}
	}
	return j
}

// speaks reports whether a line is surely of the language of a word for "by": of
// a text in the language, or it has a date or a mark that a title has not.
func (r *creditReader) speaks(by string) bool {
	langs := map[string]string{"von": "de", "vom": "de", "par": "fr", "por": "es pt", "di": "it", "da": "it", "door": "nl", "av": "sv nb no", "af": "da is"}[by]
	if r.loc.Language != "" && strings.Contains(langs, r.loc.Language) {
		return true
	}
	return len(r.pieces) > 0 || r.dateFollows() || strings.ContainsAny(r.line, "|•·") && r.loc.Language == ""
}

// dateFollows reports whether a line has a date, a time to read or an hour.
func (r *creditReader) dateFollows() bool {
	var d civil
	for i := range r.tokens {
		if _, ok := r.day(i, &d); ok || r.toRead(i) > i || r.ago(i) > i {
			return true
		}
	}
	return false
}

func byForeign(s string) bool {
	switch s {
	case "von", "vom", "par", "por", "di", "da", "door", "av", "af":
		return true
	}
	return false
}

// authorWord reports whether a word with a colon stands before authors.
func authorWord(s string) bool {
	switch s {
	case "author", "authors", "autor", "autoren", "autorin", "autorka", "autorzy", "autores", "auteur", "auteurs", "autore", "autori", "byline", "reporter", "text", "texte", "texto", "testo", "tekst", "words", "автор", "авторы", "текст", "автори", "作者", "记者", "記者", "文", "szerzo", "forfatter", "kirjoittaja", "yazar", "συντακτης":
		return true
	}
	return false
}

// workWord reports whether a word may stand before one for "by".
func workWord(s string) bool {
	switch s {
	case "written", "reported", "posted", "published", "submitted", "contributed", "compiled", "authored", "filed", "story", "article", "words", "report", "analysis", "opinion", "interview", "review", "text", "and",
		"veroffentlicht", "eingestellt", "geschrieben", "verfasst", "gepostet", "ein", "artikel", "publie", "ecrit", "redige", "propos", "recueillis", "publicado", "escrito", "redactado", "pubblicato", "scritto", "geschreven", "geplaatst", "napisane", "opublikowane":
		return true
	}
	return false
}
