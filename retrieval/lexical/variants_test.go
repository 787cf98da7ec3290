package lexical

import (
	"slices"
	"strings"
	"testing"

	"parley/corpus"
	"parley/retrieval"
	"parley/retrieval/analysis"
	"parley/retrieval/lexicon"
	"parley/retrieval/retrievaltest"
)

// indexOf indexes one article for each text.
func indexOf(t testing.TB, bodies ...string) *Index {
	t.Helper()
	articles := make([]corpus.Article, len(bodies))
	for i, body := range bodies {
		articles[i] = corpus.Article{ID: string(rune('a' + i)), Body: body}
	}
	return New(retrievaltest.Analyze(t, articles...), nil, Options{})
}

func TestSkeletonJoins(t *testing.T) {
	tests := []struct{ name, spellings string }{
		{"endings", "zelensky zelenskiy zelenskyy zelenski zelenskij zelenskyi"},
		{"Kyiv", "kyiv kiev"},
		{"Kharkiv", "kharkiv kharkov"},
		{"Lviv", "lviv lvov"},
		{"Odesa", "odesa odessa"},
		{"Zaporizhzhia", "zaporizhzhia zaporizhia zaporozhye"},
		{"w and v, f and ff", "witkoff vitkoff vitkof witkov"},
		{"glides", "dmitriev dmitriyev dmitrijev dmitriew"},
		{"w inside", "pokrovsk pokrowsk"},
		{"final v", "ushakov ushakof ushakow"},
		{"initial glide", "yermak ermak jermak"},
		{"doubled letters", "mohammed muhammad mohamed mohammad"},
		{"g and its spellings", "gorbachev gorbachov"},
		{"vowel runs", "sergei sergey"},
		{"Alexei", "alexei aleksey alexey aleksei"},
		{"Netanyahu", "netanyahu netanjahu"},
		{"tz and ts", "donetsk donetzk"},
		{"ph", "photo foto"},
		{"apostrophe", "o'neill oneil"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			words := strings.Fields(tt.spellings)
			want := Skeleton(words[0])
			for _, w := range words {
				if got := Skeleton(w); got != want || len(got) < minSkeleton {
					t.Errorf("Skeleton(%q): got %q, want %q as of %q", w, got, want, words[0])
				}
			}
		})
	}
}

// TestSkeletonParts: a skeleton is coarse ("putin" and "patton" have one), but
// it keeps apart what differs in a consonant.
func TestSkeletonParts(t *testing.T) {
	tests := [][2]string{
		{"putin", "poutine"},
		{"witkoff", "wittig"},
		{"kushner", "kirchner"},
		{"moscow", "mexico"},
		{"kyiv", "cave's"},
		{"donetsk", "danube"},
		{"lavrov", "larov"},
		{"vance", "france"},
		{"russia", "prussia"},
		{"iran", "iraq"},
		{"rubio", "rumba"},
		{"trump", "tramway"},
	}
	for _, tt := range tests {
		if a, b := Skeleton(tt[0]), Skeleton(tt[1]); a == b {
			t.Errorf("Skeleton: %q and %q are both %q", tt[0], tt[1], a)
		}
	}
}

func TestSkeletonKeepsOtherLetters(t *testing.T) {
	for _, w := range []string{"", "US", "путин", "北京"} {
		if got := Skeleton(w); got != w {
			t.Errorf("Skeleton(%q): got %q", w, got)
		}
	}
}

// variantsOf is what a query's one word may stand for, as words joined by blanks.
func variantsOf(t *testing.T, ix *Index, query string) (variants string, corrected bool) {
	t.Helper()
	p := ix.Parse(retrieval.Query{Text: query})
	if len(p.Terms) != 1 {
		t.Fatalf("Parse(%q): got %d terms, want 1", query, len(p.Terms))
	}
	var out []string
	for _, v := range p.Terms[0].Variants {
		out = append(out, ix.fwd.Terms[v.ID])
	}
	slices.Sort(out)
	return strings.Join(out, " "), p.Terms[0].Corrected
}

func TestVariants(t *testing.T) {
	ix := indexOf(t, "Russia, Ukraine and Europe: Zelenskyy of Kyiv, Witkoff, Dmitriev, Kushner, Orban and Putin spoke of Pokrovsk. "+
		"They advance on territories, want peace and discuss a percent of the meeting, a piece, colour, a ceasefire and G20 sanctions. "+
		"At last Putin left Moscow; a hose, Vance and Patton.")
	tests := []struct {
		name, query, want string // want as terms, that is stems
		corrected         bool
	}{
		{"as the articles have it", "Witkoff", "", false},
		{"another transliteration", "Zelensky", "zelenskyy", true},
		{"Kiev", "kiev", "kyiv", true},
		{"v for w", "Vitkoff", "witkoff", true},
		{"y inserted", "dmitriyev", "dmitriev", true},
		{"w for v", "Pokrowsk", "pokrovsk", true},
		{"diacritics need no variant", "Orbán", "", false},
		{"a vowel too many", "Kuschner", "kushner", true},
		{"a letter missing", "ukrane", "ukrain", true},
		{"single for double", "rusia", "russia", true},
		{"two slips", "procent", "percent", true},
		{"letters swapped", "kyvi", "kyiv", true},
		{"a letter too many", "ceaseefire", "ceasefir", true},
		{"a wrong letter", "santcions", "sanction", true},
		{"of a form", "teritories", "territori", true},
		{"British and American", "color", "colour", true},
		{"ordinary words of one skeleton", "Peace", "", false},
		{"unknown, one letter away", "house", "hose", true},
		{"two names of one skeleton", "Patin", "patton putin", true},
		{"a name inside another word", "Vance", "", false},
		{"a first letter counts twice", "lutin", "", false},
		{"short", "Eu", "", false},
		{"three letters", "pac", "", false},
		{"nothing near", "xyzzyq", "", false},
		{"a number", "2026", "", false},
		{"a word with digits", "G21", "", false},
		{"Cyrillic", "Путин", "", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, corrected := variantsOf(t, ix, tt.query)
			if got != tt.want || corrected != tt.corrected {
				t.Errorf("Parse(%q): got %q, corrected %t, want %q, %t", tt.query, got, corrected, tt.want, tt.corrected)
			}
		})
	}
}

// TestKnownWordsStand: a word that the lexicon knows is spelt right, so it is not
// corrected to one of the articles that is near it. Other spellings of it count.
func TestKnownWordsStand(t *testing.T) {
	lex, err := lexicon.Open()
	if err != nil {
		t.Fatal(err)
	}
	without := indexOf(t, "Iraq has a plan: a colour, a meeting with Witkoff, sanctions and a pilot from Kyiv.")
	with := New(without.fwd, lex, Options{})
	tests := []struct {
		name, query   string
		want, guessed string // spelling variants with the lexicon and without, as terms
	}{
		{"a country", "Poland", "", "plan"},
		{"another country", "Iran", "", "iraq"},
		{"a common noun", "pivot", "", "pilot"},
		{"an inflection", "pivots", "", "pilot"},
		{"misspelt", "meetimg", "meet", "meet"},
		{"a name misspelt", "Vitkoff", "witkoff", "witkoff"},
		{"two slips", "santcions", "sanction", "sanction"},
		{"a known word's other spelling", "color", "colour", "colour"},
		{"a known name's other spelling", "Kiev", "kyiv", "kyiv"},
	}
	spelling := func(ix *Index, query string) string {
		p := ix.Parse(retrieval.Query{Text: query})
		if len(p.Terms) != 1 {
			t.Fatalf("Parse(%q): got %d terms, want 1", query, len(p.Terms))
		}
		var out []string
		for _, v := range p.Terms[0].Variants {
			if v.Kind == retrieval.Spelling {
				out = append(out, ix.fwd.Terms[v.ID])
			}
		}
		if got := p.Terms[0].Corrected; got != (len(out) > 0) {
			t.Errorf("Parse(%q): corrected is %t with variants %q", query, got, out)
		}
		return strings.Join(out, " ")
	}
	for _, tt := range tests {
		if got := spelling(with, tt.query); got != tt.want {
			t.Errorf("%s: Parse(%q) with a lexicon: got %q, want %q", tt.name, tt.query, got, tt.want)
		}
		if got := spelling(without, tt.query); got != tt.guessed {
			t.Errorf("%s: Parse(%q) without one: got %q, want %q", tt.name, tt.query, got, tt.guessed)
		}
	}
}

// TestCorrectionOrder: the nearest words only, of these the most frequent first,
// and three at most.
func TestCorrectionOrder(t *testing.T) {
	ix := indexOf(t, "Marble marbles. Marvel marvel marvel. Marcel marcel. Marsel. Martel martel martel martel. Carvel.")
	p := ix.Parse(retrieval.Query{Text: "marxel"})
	var got []string
	for i, v := range p.Terms[0].Variants {
		got = append(got, ix.fwd.Terms[v.ID])
		if i > 0 && v.Weight > p.Terms[0].Variants[i-1].Weight {
			t.Errorf("variant %d weighs more than the one before", i)
		}
		if v.Weight <= 0 || v.Weight >= 1 || v.Kind != retrieval.Spelling {
			t.Errorf("got variant %+v", v)
		}
	}
	if want := []string{"martel", "marvel", "marcel"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestDistance(t *testing.T) {
	tests := []struct {
		a, b  string
		limit int
		want  int
	}{
		{"", "", 2, 0},
		{"", "ab", 2, 2},
		{"kyiv", "kyiv", 0, 0},
		{"kyiv", "kiev", 2, 2},
		{"percent", "procent", 2, 2},
		{"kremlin", "kremiln", 1, 1},
		{"ab", "ba", 1, 1},
		{"abc", "ca", 3, 3}, // optimal string alignment edits no stretch twice
		{"vance", "advance", 2, 2},
		{"vance", "advance", 1, 2},
		{"witkoff", "lavrov", 2, 3},
		{strings.Repeat("a", 63), strings.Repeat("a", 62) + "b", 2, 1},
		{strings.Repeat("a", 64), strings.Repeat("a", 64), 2, 3}, // too long to ask
	}
	for _, tt := range tests {
		if got := distance(tt.a, tt.b, tt.limit); got != tt.want {
			t.Errorf("distance(%q, %q, %d): got %d, want %d", tt.a, tt.b, tt.limit, got, tt.want)
		}
		if got := distance(tt.b, tt.a, tt.limit); got != tt.want {
			t.Errorf("distance(%q, %q, %d): got %d, want %d", tt.b, tt.a, tt.limit, got, tt.want)
		}
	}
}

// plainDistance is optimal string alignment as the textbook has it.
func plainDistance(a, b string) int {
	d := make([][]int, len(a)+1)
	for i := range d {
		d[i] = make([]int, len(b)+1)
		d[i][0] = i
	}
	for j := range len(b) + 1 {
		d[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			d[i][j] = min(d[i-1][j]+1, d[i][j-1]+1, d[i-1][j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d[i][j] = min(d[i][j], d[i-2][j-2]+1)
			}
		}
	}
	return d[len(a)][len(b)]
}

func FuzzDistance(f *testing.F) {
	seeds := [][2]string{{"", ""}, {"kremlin", "kremiln"}, {"percent", "procent"}, {"abc", "ca"}, {"Kyiv", "Київ"}, {strings.Repeat("ab", 31), strings.Repeat("ba", 31)}}
	if len(seeds) == 0 {
		f.Fatal("no seeds")
	}
	for _, s := range seeds {
		for limit := range 4 {
			f.Add(s[0], s[1], limit)
		}
	}
	f.Fuzz(func(t *testing.T, a, b string, limit int) {
		if limit < 0 || limit > 60 || len(a) > 63 || len(b) > 63 {
			t.Skip()
		}
		want := plainDistance(a, b)
		got := distance(a, b, limit)
		if want <= limit && got != want || want > limit && got <= limit {
			t.Errorf("distance(%q, %q, %d): got %d, want %d", a, b, limit, got, want)
		}
	})
}

// TestCorrectionsMissNothing: the filters by length and letters lose no word
// within the distance.
func TestCorrectionsMissNothing(t *testing.T) {
	ix := New(retrievaltest.Analyze(t, retrievaltest.Articles(60)...), nil, Options{})
	for _, slip := range []string{"topicaworde", "tpicawordb", "commonzz", "articlebq", "comomnb"} {
		best := 2
		for _, w := range ix.fwd.Words {
			d := plainDistance(slip, w.Text)
			if !ix.fwd.Stop(w.Term) && isAlpha(w.Text) && w.Text[0] == slip[0] {
				best = min(best, d)
			}
		}
		want := 0
		terms := map[analysis.TermID]bool{}
		for _, w := range ix.fwd.Words {
			if !ix.fwd.Stop(w.Term) && isAlpha(w.Text) && w.Text[0] == slip[0] && plainDistance(slip, w.Text) == best && !terms[w.Term] {
				terms[w.Term] = true
				want++
			}
		}
		got := ix.vocab.corrections(slip)
		if len(got) != min(want, correctionLimit) {
			t.Errorf("corrections(%q): got %d, want %d of %d at distance %d", slip, len(got), min(want, correctionLimit), want, best)
		}
		for _, c := range got {
			if d := plainDistance(slip, ix.fwd.Words[c.word].Text); d != best {
				t.Errorf("corrections(%q): %q is %d away, want %d", slip, ix.fwd.Words[c.word].Text, d, best)
			}
		}
	}
}
