package tongue

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// texts reads a file of questions, each with its language where it has a tab.
func texts(t testing.TB, file string) [][2]string {
	t.Helper()
	data, err := os.ReadFile("testdata/" + file)
	if err != nil {
		t.Fatal(err)
	}
	var out [][2]string
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSuffix(line, "\n")
		l, text, ok := strings.Cut(line, "\t")
		if !ok {
			l, text = "", line
		}
		if l == "en" {
			l = ""
		}
		out = append(out, [2]string{l, text})
	}
	return out
}

// TestQuestions guards that short questions are taken for what they are, in each
// language of Discord and in English. The second file was written after all tables.
func TestQuestions(t *testing.T) {
	for _, file := range []string{"questions.txt", "unseen.txt"} {
		for _, asker := range []string{"a program in English", "a program in the language"} {
			count, right := map[string]int{}, 0
			all := texts(t, file)
			for _, q := range all {
				locale := "en-US"
				if asker == "a program in the language" && q[0] != "" {
					locale = q[0]
				}
				count[q[0]]++
				if got := Of(q[1], Hints{Locale: locale}); got == q[0] {
					right++
				} else {
					t.Logf("%q is in %q, got %q", q[1], q[0], got)
				}
			}
			if len(count) != len(Languages())+1 {
				t.Errorf("%s: got %d languages, want %d", file, len(count), len(Languages())+1)
			}
			for l, n := range count {
				if n != 5 {
					t.Errorf("%s: %d questions in %q, want 5", file, n, l)
				}
			}
			share := float64(right) / float64(len(all))
			t.Logf("%s, %s: %d of %d right, %.3f", file, asker, right, len(all), share)
			if share < .95 {
				t.Errorf("%s, %s: %.3f right, want .95", file, asker, share)
			}
		}
	}
}

// TestEnglish guards that no question in English is taken for another language,
// however short, misspelt or full of names, wherever it is asked.
func TestEnglish(t *testing.T) {
	wrong, asked := 0, 0
	for _, q := range texts(t, "english.txt") {
		for _, locale := range append(Languages(), "en-GB", "") {
			asked++
			if got := Of(q[1], Hints{Locale: locale}); got != "" {
				wrong++
				t.Logf("%q from %q: got %q", q[1], locale, got)
			}
		}
	}
	if share := float64(wrong) / float64(asked); share > .003 {
		t.Errorf("%d of %d, %.4f, are taken for another language, want .003 at most", wrong, asked, share)
	}
}

// TestOf guards what decides: scripts, the articles' words, and where the asker is.
func TestOf(t *testing.T) {
	known := func(w string) bool { return slices.Contains([]string{"teh", "opnin", "brige"}, w) }
	for _, tt := range []struct {
		name, text, locale string
		known              func(string) bool
		want               string
	}{
		{"nothing", "", "de", nil, ""},
		{"signs", "?! 123", "de", nil, ""},
		{"a name", "Witkoff?", "de", nil, ""},
		{"what two languages have", "Was war in Kyiv?", "", nil, ""},
		{"capitals", "WIE LANGE DAUERTE DAS TREFFEN?", "", nil, "de"},
		{"a name within another script", "Хто такий Witkoff?", "", nil, "uk"},
		{"names within a script without blanks", "Witkoff和Kushner是谁", "", nil, "zh-CN"},
		{"another script within English", "What did Путин say?", "ru", nil, ""},
		{"a quotation in another script", "Who said «Мы не будем воевать вечно»?", "ru", nil, ""},
		{"a word of another script", "why «Мы»?", "ru", nil, ""},
		{"kana", "東京の会談", "", nil, "ja"},
		{"either Chinese, there", "今年", "zh-TW", nil, "zh-TW"},
		{"either Chinese", "今年", "", nil, "zh-CN"},
		{"a script that is not told apart", "من جاء إلى موسكو؟", "", nil, Other},
		{"another language in Cyrillic", "Ћђ љњ џ", "", nil, Other},
		{"Norwegian or Danish", "Hvem kom til Moskva sammen med Witkoff?", "no", nil, "no"},
		{"Danish or Norwegian", "Hvem kom til Moskva sammen med Witkoff?", "da", nil, "da"},
		{"the articles have the words", "teh brige opnin waarom", "", known, ""},
		{"little, from there", "Was kostet die Sanierung des Schwimmbads?", "de", nil, "de"},
		{"little, from elsewhere", "Was kostet die Sanierung des Schwimmbads?", "en-US", nil, ""},
		{"no word of the lists", "Anlaşmaya varıldı", "", nil, "tr"},
		{"decomposed", "Pourquoi a-t-il annule\u0301 ?", "", nil, "fr"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := Of(tt.text, Hints{Locale: tt.locale, Known: tt.known}); got != tt.want {
				t.Errorf("%q: got %q, want %q", tt.text, got, tt.want)
			}
		})
	}
}

// TestLists guards that the lists are of the languages told apart.
func TestLists(t *testing.T) {
	has := map[string]int{}
	for _, of := range lists().words {
		for _, l := range of {
			has[l]++
		}
	}
	for _, of := range lists().letters {
		for _, l := range of {
			if !slices.Contains(Languages(), l) {
				t.Errorf("letters of %q", l)
			}
		}
	}
	for l, n := range has {
		if l != "en" && !slices.Contains(Languages(), l) || n < 60 {
			t.Errorf("%d words of %q", n, l)
		}
	}
	for r, l := range lists().han {
		if l != "zh-CN" && l != "zh-TW" {
			t.Errorf("%c is of %q", r, l)
		}
	}
}

func BenchmarkOf(b *testing.B) {
	for name, text := range map[string]string{"English": "How long did the Kremlin talks last?", "German": "Wie lange dauerten die Gespräche im Kreml?"} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				Of(text, Hints{})
			}
		})
	}
}
