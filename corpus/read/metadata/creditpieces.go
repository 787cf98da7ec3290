package metadata

import (
	"slices"
	"strings"

	"parley/corpus"
)

// piece is a part of a line of credits.
type piece struct {
	corpus.Span
	kind pieceKind
	of   dateLabel // of a date: what it is of
	by   bool      // of a text: a word such as "by" stands before it
	own  bool      // of a text: marks part it from what stands before
	sure bool      // of a date: it has a time or a word that says what it is of
}

type pieceKind int

const (
	words pieceKind = iota
	date
	aside // the time to read, the number of comments, "2 hours ago"
)

// dateLabel is what a line says that a date is of.
type dateLabel int

const (
	unlabelled dateLabel = iota
	ofPublication
	ofUpdate
	ofNext // when the text will be looked at again: no date of it
)

// creditReader takes a line apart.
type creditReader struct {
	parser

	line   string
	pieces []piece
	label  dateLabel // of the date that follows
	by     bool      // of the text that follows
	parted bool      // a mark stands before what follows
}

// read finds the pieces.
func (r *creditReader) read() {
	for i := 0; !r.end(i); {
		next := r.piece(i)
		if next == i { // one more word of a text
			r.word(i)
			next++
		}
		i = next
	}
}

// piece reads what begins at i and is no text, and returns where it ends.
func (r *creditReader) piece(i int) int {
	if next := r.separator(i); next > i {
		r.parted, r.by = true, false
		return next
	}
	if next, of := r.labelled(i); next > i {
		r.label = of
		return next
	}
	var d civil
	if next, ok := r.day(i, &d); ok {
		start := i
		for r.at(start).kind == word && beforeDay(r.at(start).text) {
			start++
		}
		p := piece{Span: r.span(start, next), kind: date, of: r.label, sure: d.clock.set || r.label != unlabelled}
		after, of := r.trailing(next, i)
		if of != unlabelled {
			p.of, p.sure, next = of, true, after
		}
		r.add(p)
		return next
	}
	for _, form := range []func(int) int{r.ago, r.toRead, r.counts, r.clock, r.release} {
		if next := form(i); next > i {
			r.add(piece{Span: r.span(i, next), kind: aside})
			return next
		}
	}
	if next := r.byWord(i); next > i {
		r.by, r.parted = true, true
		return next
	}
	return i
}

func (r *creditReader) add(p piece) {
	r.pieces = append(r.pieces, p)
	r.label, r.by, r.parted = unlabelled, false, false
}

// word adds a token to the text that it goes on.
func (r *creditReader) word(i int) {
	t := r.at(i)
	if n := len(r.pieces); n > 0 && r.pieces[n-1].kind == words && !r.parted {
		r.pieces[n-1].End = t.End
		return
	}
	own := r.parted || len(r.pieces) == 0
	by := r.by
	r.add(piece{Span: t.Span, kind: words, by: by, own: own})
}

func (r *creditReader) span(i, next int) corpus.Span {
	return corpus.Span{Start: r.at(i).Start, End: r.at(next - 1).End}
}

// inText reports whether the token at i goes on a text.
func (r *creditReader) inText() bool {
	n := len(r.pieces)
	return n > 0 && r.pieces[n-1].kind == words && !r.parted
}

// separator goes past the marks that part pieces. Dashes stand between blanks.
func (r *creditReader) separator(i int) int {
	start := i
	for ; !r.end(i); i++ {
		t := r.at(i)
		switch {
		case t.kind != mark:
			return i
		case strings.Contains("|•·∙▪●►»>¦︱｜‧・～~*", t.text):
		case (t.text == "-" || t.text == "/") && (!t.glued || i == 0 || i > start) && (r.end(i+1) || !r.at(i+1).glued):
		case i > start && (t.text == "," || t.text == ":"):
		default:
			return i
		}
	}
	return i
}

// day reads a date, also one that is ambiguous.
func (r *creditReader) day(i int, d *civil) (int, bool) {
	if t := r.at(i); t.kind == number && (r.at(i-1).kind == number && t.glued || r.is(i-1, "/", ".", "-") && t.glued) {
		return i, false
	}
	next, ok := r.date(i, d)
	if !ok {
		start := r.weekday(i)
		sep := r.at(start + 1).text
		if sep != "/" && sep != "-" && sep != "." || r.at(start+3).text != sep || !r.num(start, 2) || !r.num(start+2, 2) || !r.num(start+4, 4) ||
			r.at(start).n == 0 || r.at(start).n > 31 || r.at(start+2).n == 0 || r.at(start+2).n > 31 || len(r.at(start+4).text)%2 != 0 {
			return i, false
		}
		next = start + 5
	}
	if !d.clock.set {
		next = r.timeAfter(next, &d.clock)
	}
	return next, true
}

// labelled goes past the words that say what the date behind them is of.
func (r *creditReader) labelled(i int) (next int, of dateLabel) {
	next = r.labels(i)
	if next == i || r.at(i).kind != word {
		return i, unlabelled
	}
	var d civil
	if _, ok := r.day(next, &d); !ok && r.ago(next) == next && r.clock(next) == next {
		return i, unlabelled
	}
	return next, r.labelOf(i, next)
}

// trailing reads the word that says behind a date what it is of, as Japanese and
// Chinese have it: "2026年1月12日 公開".
func (r *creditReader) trailing(next, dateAt int) (int, dateLabel) {
	i := r.skip(next, "に", "(", ",")
	t := r.at(i)
	if r.label != unlabelled || t.kind != word || !label(t.text) || r.end(i) {
		return next, unlabelled
	}
	after := i + 1
	var d civil
	if _, ok := r.day(r.skip(after, ":"), &d); ok && !isEastern(t.text) || r.is(after, ":") || dateAt > 0 && r.inText() {
		return next, unlabelled
	}
	if !isEastern(t.text) && !r.end(after) && r.separator(after) == after && !r.is(after, ")") {
		return next, unlabelled
	}
	return r.skip(after, ")"), r.labelOf(i, after)
}

// labelOf says what the words from i to next make a date one of. "First" beats
// "last", and what is published was not changed.
func (r *creditReader) labelOf(i, next int) dateLabel {
	updated := false
	for ; i < next; i++ {
		t := r.at(i)
		if t.kind != word {
			continue
		}
		if hasStem(t.text, "publi", "post", "first", "issue", "releas", "veroffentlich", "erschien", "erstell", "gepost", "geplaatst", "opublik", "dodan", "опублик", "опубл", "δημοσι", "公開", "発行", "投稿", "配信", "掲載", "发布", "發布", "등록", "입력", "creat", "written", "filed", "added", "origin", "pubblicat", "gepubliceerd", "julkaistu", "yayin") {
			return ofPublication
		}
		if t.text == "next" {
			return ofNext
		}
		updated = updated || hasStem(t.text, "updat", "modif", "edit", "revis", "review", "chang", "last", "aktualisier", "geandert", "zuletzt", "actuali", "ultima", "ultimo", "aggiornat", "bijgewerkt", "gewijzigd", "laatst", "aktualiz", "zmian", "paivitetty", "muokattu",
			"oppdatert", "opdater", "uppdater", "senast", "sist", "обновл", "измен", "оновл", "guncel", "ενημερ", "更新", "수정", "atualiz", "frissit", "posodob", "maj", "mis", "azuriran", "ostatni", "最終", "修改")
	}
	if updated {
		return ofUpdate
	}
	return unlabelled
}

func hasStem(s string, stems ...string) bool {
	return slices.ContainsFunc(stems, func(stem string) bool { return strings.HasPrefix(s, stem) })
}
