package metadata

import (
	"strings"

	"golang.org/x/net/publicsuffix"
)

// NamesOutlet reports whether a line has the shape of an outlet's name.
func NamesOutlet(s string) bool { return namesOutlet(s, true) }

// namesOutlet reports whether what stands behind the last bar or dash of a title has
// the shape of an outlet's name, where nothing else says so: "Bay News", "Il Corriere
// di Ellery". Behind a dash it may also be the end of a headline, so that fewer words
// count there.
func namesOutlet(s string, bar bool) bool {
	if isDomain(s) {
		return managed(s) && !fileName(strings.ToLower(s))
	}
	if isEastern(s) {
		for _, end := range []string{"新聞", "新闻", "日报", "日報", "晚报", "晚報", "時報", "时报", "ニュース", "通信", "通信社", "通讯社", "网", "신문", "뉴스", "일보", "통신"} {
			if strings.HasSuffix(s, end) {
				return true
			}
		}
		return false
	}
	words := strings.Fields(fold(s))
	if len(words) == 0 || len(words) > maxOutletShape || !nameLike(s) || noOutlet(s) || section(s) {
		return false
	}
	last := words[len(words)-1]
	if len(words) == 1 {
		return bar && len(last) > 6 && hasEnd(last, "news", "post", "zeitung", "blatt", "bladet", "avisen", "presse", "kurier", "anzeiger")
	}
	return paper(last) || firstOfPaper(words[0]) || article(words[0]) && firstOfPaper(words[1]) || bar && paperToo(last)
}

// managed reports whether a domain ends in one that is managed: "ferry.doc" does not.
func managed(domain string) bool {
	_, icann := publicsuffix.PublicSuffix(strings.ToLower(domain))
	return icann
}

// maxOutletShape is the length in words of an outlet's name that is known by its
// shape: "La Gazzetta del Porto Vecchio".
const maxOutletShape = 6

func hasEnd(s string, ends ...string) bool {
	for _, e := range ends {
		if strings.HasSuffix(s, e) {
			return true
		}
	}
	return false
}

// paper reports whether a folded word is one that names of outlets end in and headlines
// hardly.
func paper(w string) bool {
	switch w {
	case "news", "times", "post", "journal", "herald", "tribune", "gazette", "magazine", "radio", "tv", "ledger", "courier", "chronicle", "telegraph", "observer", "guardian", "bulletin", "examiner", "inquirer", "enquirer", "sentinel", "advertiser", "argus", "dispatch", "mercury", "zeitung", "nachrichten", "tageblatt", "tagblatt", "anzeiger", "kurier", "rundschau", "blatt", "bote", "dagblad", "courant", "dagbladet", "avisen", "tidende", "tidning", "tidningen", "sanomat", "новости", "вести", "noticias", "notizie":
		return true
	}
	return false
}

// paperToo reports whether a folded word is one that names of outlets end in and
// headlines too.
func paperToo(w string) bool {
	switch w {
	case "press", "media", "star", "sun", "mail", "mirror", "express", "record", "standard", "globe", "review", "today", "network", "business", "sport", "daily", "weekly", "echo", "monitor", "online", "presse", "allgemeine":
		return true
	}
	return false
}

// firstOfPaper reports whether names of outlets begin with a folded word.
func firstOfPaper(w string) bool {
	switch w {
	case "diario", "periodico", "corriere", "gazzetta", "giornale", "jornal", "gazeta", "dziennik", "radio", "tele", "kurier", "courrier", "газета":
		return true
	}
	return false
}

// article reports whether a folded word may stand before that.
func article(w string) bool {
	switch w {
	case "the", "il", "la", "le", "el", "lo", "o", "a":
		return true
	}
	return false
}
