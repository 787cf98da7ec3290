package clean

import (
	"strings"
	"testing"
	"time"

	"parley/corpus/read/document"
	"parley/corpus/read/metadata"
	"parley/corpus/read/plain"
)

// TestCreditsOfLanguages has the lines of credits of reports in several languages,
// above and below the text: they leave it and are read.
func TestCreditsOfLanguages(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ title, credits, author, published, place, text string }{
		{"El barco cierra por obras", "Ana Ruiz\nMadrid\n12 ene 2026 - 10:15 CET", "Ana Ruiz", "2026-01-12", "Madrid", "El barco de Aldmoor cierra el lunes por obras en el motor y los vecinos no están contentos con la noticia."},
		{"El barco cierra por obras", "Por Ana Ruiz | Madrid", "Ana Ruiz", "", "", "El barco de Aldmoor cierra el lunes por obras en el motor y los vecinos no están contentos con la noticia."},
		{"Le bac ferme pour l'hiver", "Publié le 12 janvier 2026 à 18h30 par Ana Ruiz", "Ana Ruiz", "2026-01-12", "", "Le bac d'Aldmoor ferme lundi pour des réparations et les habitants ne sont pas contents de la nouvelle."},
		{"Le bac ferme pour l'hiver", "Par Ana Ruiz\nPublié le 12/01/2026 à 18:30, mis à jour le 13/01/2026 à 9:00", "Ana Ruiz", "2026-01-12", "", "Le bac d'Aldmoor ferme lundi pour des réparations et les habitants ne sont pas contents de la nouvelle."},
		{"Fähre stellt Betrieb ein", "Von Jürgen Höß 4 min read", "Jürgen Höß", "", "", "Die Fähre von Aldmoor wurde am Montag eingestellt, und die Bewohner sind nicht zufrieden mit der Nachricht."},
		{"Fähre stellt Betrieb ein", "12.01.2026, 10:15 Uhr\nJürgen Höß", "Jürgen Höß", "2026-01-12", "", "Die Fähre von Aldmoor wurde am Montag eingestellt, und die Bewohner sind nicht zufrieden mit der Nachricht."},
		{"Prom nie kursuje od dziś", "12 stycznia 2026, 10:15", "", "2026-01-12", "", "Prom w Aldmoor nie kursuje od poniedziałku, bo silnik jest w naprawie, a mieszkańcy nie są z tego zadowoleni."},
		{"Паром закрыли на зиму", "12 января 2026, 10:15\nМария Квилова", "Мария Квилова", "2026-01-12", "", "Паром в Олдмуре закрыли в понедельник на ремонт двигателя, и жители этим недовольны с самого утра."},
		{"渡船が冬の間休止", "2026年1月12日", "", "2026-01-12", "", "渡船は月曜日から修理のため運航を休止し、住民は不満を述べている。"},
		{"De veerboot stopt", "Door Ana Ruiz\nGepubliceerd op 12 januari 2026", "Ana Ruiz", "2026-01-12", "", "De veerboot van Aldmoor is maandag gestopt en het is stil op de kade, zegt een man met zijn hond."},
		{"Il traghetto chiude", "di Ana Ruiz\n12 gennaio 2026 alle 10:15", "Ana Ruiz", "2026-01-12", "", "Il traghetto di Aldmoor ha chiuso lunedì per riparazioni e gli abitanti non sono contenti della notizia."},
		{"O barco fecha no inverno", "Por Ana Ruiz — Lisboa\n12/01/2026 10h15 Atualizado há 2 horas", "Ana Ruiz", "2026-01-12", "", "O barco de Aldmoor fecha na segunda para obras no motor e os moradores não estão contentes com a notícia."},
		{"Ferry closes", "STAFF REPORTER", "", "", "", "The ferry between Aldmoor and Sennet closes on Monday for repairs to its engine, the port said."},
		{"Ferry closes for winter", "by kim_ash92 in News", "", "", "", "The ferry between Aldmoor and Sennet closes on Monday for repairs to its engine, the port said."},
		{"Ferry closes for winter", "Last modified 14 January 2026\nFirst published 12 January 2026", "", "2026-01-12", "", "The ferry between Aldmoor and Sennet closes on Monday for repairs to its engine, the port said."},
	} {
		for _, form := range []string{"above", "standfirst", "below"} {
			page, body := c.title+"\n"+c.credits+"\n\n"+c.text, c.text
			switch {
			case form == "standfirst" && !strings.Contains(c.credits, "\n"):
				page, body = c.title+"\n\n"+c.text+"\n\n"+c.credits+"\n\n2. "+c.text, c.text+"\n\n2. "+c.text
			case form == "below":
				page = c.title + "\n\n" + c.text + "\n\n" + c.credits
			}
			if form != "above" && !strings.Contains(strings.ToLower(c.credits), "publi") && !strings.Contains(c.credits, "or Ana") {
				continue // a date or a name alone may be of the text there
			}
			t.Run(c.credits+"/"+form, func(t *testing.T) {
				t.Parallel()
				got := Clean(&document.Document{Blocks: plain.Blocks(page, 1)})
				k := metadata.Resolve(got.Statements)
				published := ""
				if !k.Published.IsZero() {
					published = k.Published.Format(time.DateOnly)
				}
				if got.Body != body || k.Title != c.title || k.Author != c.author || published != c.published || form == "above" && k.Place != c.place {
					t.Errorf("got %q by %q, published %q in %q, body\n%s", k.Title, k.Author, published, k.Place, got.Body)
				}
			})
		}
	}
}

// TestLetterheads puts what stands at the top of printed pages above a report.
func TestLetterheads(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ head, publisher, published string }{
		{"THE QUARRY LEDGER          12 January 2026\nVol. 3                     No. 12", "THE QUARRY LEDGER", "2026-01-12"},
		{"THE QUARRY LEDGER          12 January 2026          No. 12", "THE QUARRY LEDGER", "2026-01-12"},
		{"The Quarry Ledger\n14 Mill Road, Aldmoor\nTel. 01234 567890\nnews@ledger.example", "The Quarry Ledger", ""},
		{"The Quarry Ledger", "The Quarry Ledger", ""},
	} {
		got := Clean(&document.Document{Blocks: plain.Blocks(c.head+"\n\nFerry Closes for the Winter\n\n"+report, 1)})
		k := metadata.Resolve(got.Statements)
		published := ""
		if !k.Published.IsZero() {
			published = k.Published.Format(time.DateOnly)
		}
		if got.Body != report || k.Title != "Ferry Closes for the Winter" || k.Publisher != c.publisher || published != c.published {
			t.Errorf("%s: got %q of %q, published %q, dropped %v", c.head, k.Title, k.Publisher, published, got.Dropped)
		}
	}
	table := "Port              Boats\nAldmoor           12\nSennet            14\n\n"
	if got := Clean(&document.Document{Blocks: plain.Blocks(table+report, 1)}); !strings.Contains(got.Body, "Sennet | 14") {
		t.Errorf("dropped of a table: %v", got.Dropped)
	}
}

// TestShortTitles has texts whose title is their only line above the text.
func TestShortTitles(t *testing.T) {
	t.Parallel()
	for _, title := range []string{"Stormwatch", "Ferry closes", "Ferry closes today", "Why now?"} {
		got := Clean(&document.Document{Blocks: plain.Blocks(title+"\n\n"+report, 1)})
		if k := metadata.Resolve(got.Statements); k.Title != title || got.Body != report {
			t.Errorf("%s: got %q, body %q", title, k.Title, got.Body)
		}
	}
	d := &document.Document{Blocks: plain.Blocks("Plot\n\n"+report, 1), Statements: metadata.OfPath("The Ferry Master.txt")}
	got := Clean(d)
	if k := metadata.Resolve(append(d.Statements, got.Statements...)); k.Title != "The Ferry Master" || got.Body != "Plot\n\n"+report {
		t.Errorf("got %q, body %q", k.Title, got.Body)
	}
}

// TestTailCredits has the by-line below a report that is too long for it to stand
// near the top.
func TestTailCredits(t *testing.T) {
	t.Parallel()
	long := report + "\n\n" + strings.ReplaceAll(report, "bridge", "tunnel")
	for _, c := range []struct{ tail, author, published string }{
		{"By Jane Doe", "Jane Doe", ""},
		{"Jane Doe, Staff writer\nPublished 12 January 2026", "Jane Doe", "2026-01-12"},
		{"Last updated: 14 January 2026", "", ""},
	} {
		got := Clean(&document.Document{Blocks: plain.Blocks("Bridge Opens After Two Years of Work\n\n"+long+"\n\n"+c.tail, 1)})
		k := metadata.Resolve(got.Statements)
		published := ""
		if !k.Published.IsZero() {
			published = k.Published.Format(time.DateOnly)
		}
		if got.Body != long || k.Author != c.author || published != c.published {
			t.Errorf("%s: got author %q, published %q, dropped %v", c.tail, k.Author, published, got.Dropped)
		}
	}
}
