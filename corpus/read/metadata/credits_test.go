package metadata

import (
	"strings"
	"testing"
)

// TestReadCredits reads lines that say who wrote an article and when, in the forms
// of many papers. What is read stands as "authors; published; updated; plain".
func TestReadCredits(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ line, tag, want string }{
		{"By Ana Ruiz | Madrid", "", "Ana Ruiz;;;"},
		{"Por Ana Ruiz | Madrid", "es", "Ana Ruiz;;;"},
		{"Por Ana Ruiz | Madrid", "", "Ana Ruiz;;;"},
		{"By Ana Ruiz - New York", "", "Ana Ruiz;;;"},
		{"By Ana Ruiz · The Ellery Post", "", "Ana Ruiz;;;"},
		{"By Ana Ruiz — Political editor", "", "Ana Ruiz;;;"},
		{"By Ana Ruiz and Tobin Hale | Madrid", "", "Ana Ruiz and Tobin Hale;;;"},
		{"Ana Ruiz, Tobin Hale • 12 January 2026", "", "Ana Ruiz, Tobin Hale;;;12 January 2026"},
		{"By Ana Ruiz | By Tobin Hale", "", "Ana Ruiz, Tobin Hale;;;"},
		{"Por Ana Ruiz y Tobin Hale", "es", "Ana Ruiz and Tobin Hale;;;"},
		{"Par Ana Ruiz et Tobin Hale", "fr", "Ana Ruiz and Tobin Hale;;;"},
		{"Von Ana Ruiz und Tobin Hale, Ellery", "de", "Ana Ruiz and Tobin Hale;;;"},
		{"Last modified 14 January 2026 First published 12 January 2026", "", ";12 January 2026;14 January 2026;"},
		{"Last modified on Wed 14 Jan 2026 10.15 GMT • First published on Mon 12 Jan 2026 07.00 GMT", "", ";Mon 12 Jan 2026 07.00 GMT;Wed 14 Jan 2026 10.15 GMT;"},
		{"Published 12 January 2026 Updated 14 January 2026", "", ";12 January 2026;14 January 2026;"},
		{"12 January 2026 Updated 14 January 2026", "", ";;14 January 2026;12 January 2026"},
		{"Jan 12, 2026, 7:55 a.m. (updated Jan 14, 2026)", "", ";;Jan 14, 2026;Jan 12, 2026, 7:55 a.m"},
		{"Updated 3 hours ago", "", ";;;"},
		{"Updated Jan 14, 2026", "", ";;Jan 14, 2026;"},
		{"Published: 12/01/2026 07:55 • Harriet Dowd • 4 min read", "en-GB", "Harriet Dowd;12/01/2026 07:55;;"},
		{"Published: 12/01/2026 07:55 • Harriet Dowd • 4 min read", "", "Harriet Dowd;12/01/2026 07:55;;"},
		{"Publié le 12 janvier 2026 à 18h30 par Ana Ruiz", "fr", "Ana Ruiz;12 janvier 2026 à 18h30;;"},
		{"Publié le 12 janvier 2026 à 18h30, mis à jour le 13 janvier 2026 à 9h00", "fr", ";12 janvier 2026 à 18h30;13 janvier 2026 à 9h00;"},
		{"Par Ana Ruiz, le 12 janvier 2026", "", "Ana Ruiz;;;12 janvier 2026"},
		{"Ana Ruiz - 12/01/2026 à 18:30 - Temps de lecture : 3 min", "fr", "Ana Ruiz;;;12/01/2026 à 18:30"},
		{"Veröffentlicht am 12.01.2026 um 10:15 Uhr von Jürgen Höß", "de", "Jürgen Höß;12.01.2026 um 10:15 Uhr;;"},
		{"Stand: 17.01.2026, 18:40 Uhr • Von Jürgen Höß • 4 min read", "", "Jürgen Höß;;;17.01.2026, 18:40 Uhr"},
		{"Von Jürgen Höß 4 min read", "", "Jürgen Höß;;;"},
		{"Von Jürgen Höß | 12. Januar 2026 | Lesezeit: 3 Min.", "de", "Jürgen Höß;;;12. Januar 2026"},
		{"Aktualisiert vor 3 Stunden", "de", ";;;"},
		{"Ana Ruiz | Madrid | 12 ene 2026 - 10:15 CET", "es", "Ana Ruiz;;;12 ene 2026 - 10:15 CET"},
		{"Actualizado: 12 de enero de 2026, 10:15", "es", ";;12 de enero de 2026, 10:15;"},
		{"Di Ana Ruiz, 12 gennaio 2026", "it", "Ana Ruiz;;;12 gennaio 2026"},
		{"Pubblicato il 12 gennaio 2026 alle 10:15", "it", ";12 gennaio 2026 alle 10:15;;"},
		{"a cura di Ana Ruiz", "it", "Ana Ruiz;;;"},
		{"Por Ana Ruiz — Lisboa, 12/01/2026 10h15 Atualizado há 2 horas", "pt", "Ana Ruiz;;;12/01/2026 10h15"},
		{"Door Ana Ruiz, 12 januari 2026 10:15", "nl", "Ana Ruiz;;;12 januari 2026 10:15"},
		{"Gepubliceerd op 12 januari 2026, laatst bijgewerkt: 13 januari 2026", "nl", ";12 januari 2026;13 januari 2026;"},
		{"12 stycznia 2026, 10:15", "pl", ";;;12 stycznia 2026, 10:15"},
		{"Ana Ruiz, 12 stycznia 2026, 10:15", "pl", "Ana Ruiz;;;12 stycznia 2026, 10:15"},
		{"Autor: Ana Ruiz", "pl", "Ana Ruiz;;;"},
		{"12 января 2026, 10:15", "ru", ";;;12 января 2026, 10:15"},
		{"12 января 2026 г. Автор: Мария Квилова", "", "Мария Квилова;;;12 января 2026 г"},
		{"Опубликовано 12 января 2026 в 10:15", "ru", ";12 января 2026 в 10:15;;"},
		{"2026年1月12日", "ja", ";;;2026年1月12日"},
		{"2026年1月12日 10時15分 公開", "ja", ";2026年1月12日 10時15分;;"},
		{"公開日：2026年1月12日 更新日：2026年1月14日", "ja", ";2026年1月12日;2026年1月14日;"},
		{"2026-01-12 10:15:00 发布", "zh", ";2026-01-12 10:15:00;;"},
		{"STAFF REPORTER", "", ";;;"},
		{"Staff writer", "", ";;;"},
		{"By Staff Reporter", "", ";;;"},
		{"By our correspondent | 12 January 2026", "", ";;;12 January 2026"},
		{"From our own correspondent", "", ";;;"},
		{"by kim_ash92 in News", "", ";;;"},
		{"by kim_ash92 in News | 12 January 2026", "", ";;;12 January 2026"},
		{"Posted on 12 January 2026 by Ana Ruiz in Local News", "", "Ana Ruiz;12 January 2026;;"},
		{"Posted by Ana Ruiz on January 12, 2026 at 10:15 am", "", "Ana Ruiz;;;January 12, 2026 at 10:15 am"},
		{"Ana Ruiz, Staff writer", "", "Ana Ruiz;;;"},
		{"Ana Ruiz | Staff writer | Jan. 12, 2026", "", "Ana Ruiz;;;Jan. 12, 2026"},
		{"Ana Ruiz @anaruiz 12 January 2026 10:15", "", "Ana Ruiz;;;12 January 2026 10:15"},
		{"By The Associated Press | Jan 12, 2026", "", "The Associated Press;;;Jan 12, 2026"},
		{"1/5/26", "", ";;;1/5/26"},
		{"Date: 1/5/26", "", ";;;1/5/26"},
		{"Today at 10:15", "", ";;;"},
		{"3 min read", "", ";;;"},
		{"Published 12 January 2026 · Last updated 14 January 2026 · Next review 1 April 2026", "", ";12 January 2026;14 January 2026;"},
		{"Page last reviewed: 14 January 2026 | Next review due: 14 January 2029", "", ";;14 January 2026;"},
		{"Pressemitteilung Nr. 14 vom 12.01.2026", "de", ";;;12.01.2026"},
		{"Press release no. 14/2026 | 12 January 2026", "", ";;;12 January 2026"},
		{"Communiqué de presse du 12 janvier 2026", "fr", ";;;12 janvier 2026"},
		{"Nota de prensa, 12 de enero de 2026", "es", ";;;12 de enero de 2026"},
	} {
		t.Run(c.line, func(t *testing.T) {
			t.Parallel()
			got, ok := ReadCredits(c.line, LocaleOf(c.tag))
			if s := strings.Join([]string{got.Author(), got.Published, got.Updated, got.Plain}, ";"); s != c.want || !ok {
				t.Errorf("got %q, %t, want %q", s, ok, c.want)
			}
		})
	}
}

// TestNoCredits has lines that say something else.
func TestNoCredits(t *testing.T) {
	t.Parallel()
	for _, line := range []string{
		"By Monday evening, the town had been taken.",
		"By the Numbers",
		"By land and by sea",
		"By 12 January 2026, the ferry had stopped.",
		"Von der Leyen Visits the Old Bridge",
		"Di Maria Scores Twice",
		"Door County Votes on the Ferry",
		"Text messages show that the mayor knew",
		"Story of a bridge that nobody wanted",
		"New York, 40 years on",
		"The ferry closes on 12 January 2026",
		"Council Minutes, 12 January 2026",
		"Regatta of Aldmoor 12 January 2026",
		"On 12 January 2026 Ana Ruiz came to Ellery.",
		"Ana Ruiz dies",
		"Today the ferry closes",
		"Two hours ago the ferry closed",
		"USA Today",
		"1984",
		"2026",
		"20 views of the harbor",
		"Comments by the mayor",
		"Ana Ruiz: the ferry must stay",
		"The ferry runs at 10:15 and 11:15",
		"4 minutes to midnight",
		"Ellery",
		"Press release by the mayor",
		"Press releases are not news",
		"Next review of the ferry",
		"",
	} {
		if got, ok := ReadCredits(line, Locale{}); ok {
			t.Errorf("%q: got %+v", line, got)
		}
	}
}
