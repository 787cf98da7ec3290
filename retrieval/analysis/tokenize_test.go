package analysis

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func words(tokens []Token) []string {
	out := []string{}
	for _, t := range tokens {
		out = append(out, t.Word)
	}
	return out
}

func TestTokenizeWords(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"empty", "", ""},
		{"blanks", " \t\n\u00a0", ""},
		{"punctuation", "?! — … “” ()", ""},
		{"sentence", "Mr. Putin met Steve Witkoff.", "mr putin met steve witkoff"},
		{"hyphens part", "well-known Franco-German", "well known franco german"},
		{"dashes part", "talks—five hours–ended", "talks five hours ended"},
		{"slashes and underscores part", "and/or x_y", "and or x y"},

		{"dotted acronym", "the U.S., the U.K. and D.C.", "the US the uk and dc"},
		{"dotted acronym without its last stop", "the U.S government in the U.S?", "the US government in the US"},
		{"dotted acronym at the end", "in the U.S", "in the US"},
		{"dotted acronym with possessive", "the U.S.'s plan, U.K.’s too", "the US plan uk too"},
		{"dotted acronym in lower case", "5 p.m., i.e. e.g.", "5 pm ie eg"},
		{"initials before a name", "J.K.Rowling, J. K. Rowling", "jk rowling j k rowling"},
		{"one letter and a stop", "Plan B. I went.", "plan b i went"},
		{"capitals that would be stop words", "US and us, WHO said who, IT it", "US and us WHO said who IT it"},
		{"possessive of such capitals", "the US's plan, the WHO’s report", "the US plan the WHO report"},
		{"shouted contraction", "IT'S HE'S", "it he"},
		{"other capitals", "NATO EU G20 COVID-19 MI6", "nato eu g20 covid 19 mi6"},

		{"possessive, straight", "Witkoff's plan", "witkoff plan"},
		{"possessive, curly", "Witkoff’s plan", "witkoff plan"},
		{"possessive, modifier letter", "Witkoffʼs plan", "witkoff plan"},
		{"possessive plural", "the envoys' jet", "the envoys jet"},
		{"contractions stay", "don't can’t we'll", "don't can't we'll"},
		{"inner apostrophe", "O'Neill's d’Artagnan", "o'neill d'artagnan"},
		{"quoted", "'talks' ‘talks’ rock 'n' roll", "talks talks rock n roll"},
		{"apostrophe that is a letter, alone", "a ʼ b", "a b"},

		{"thousands", "25,000 men, 1,234,567 more", "25000 men 1234567 more"},
		{"clock", "16:30, at 9:05.", "16:30 at 9:05"},
		{"decimal", "1.2 and 3.", "1.2 and 3"},
		{"percent sign", "100% of 3.5%", "100 percent of 3.5 percent"},
		{"money and units", "$4.5bn €3m 10km", "4.5bn 3m 10km"},
		{"ordinals and decades", "1st 2ND 1990s F-16s", "1st 2nd 1990s f 16s"},
		{"letter before digits", "G20 v1.2", "g20 v1 2"},
		{"digits beyond ASCII", "٣٥ ２５，０ １,２３４ ९", "٣٥ 25 0 1234 ९"},
		{"fractions are no digits", "½ ²", ""},

		{"diacritics", "Zürich Dvořák São naïve", "zurich dvorak sao naive"},
		{"letters without decomposition", "Łódź Ærø Đà straße Œuvre", "lodz aero da strasse oeuvre"},
		{"combining marks", "Zu\u0308rich", "zurich"},
		{"ligature", "ﬁnance", "finance"},
		{"dotted capital I", "İstanbul", "istanbul"},
		{"Cyrillic", "Владимир Путин, Зеленський", "владимир путин зеленськии"},
		{"Chinese", "北京 会谈", "北京 会谈"},
		{"emoji", "😀 peace😀deal 👨‍👩‍👧", "peace deal"},
		{"flags and keycaps", "🇺🇸 1️⃣", "1"},
		{"invalid UTF-8", "\xff\xfepeace\xff deal\xc3", "peace deal"},
		{"zero byte", "a\x00b", "a b"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got, want := words(Tokenize(tt.text)), strings.Fields(tt.want); !slices.Equal(got, want) {
				t.Errorf("Tokenize(%q): got %q, want %q", tt.text, got, want)
			}
		})
	}
}

func TestTokenizeFlags(t *testing.T) {
	// Each token as its text, U for a capital, N for a digit.
	tests := []struct{ text, want string }{
		{"Putin met 5 envoys", "Putin/U met/ 5/N envoys/"},
		{"U.S. envoys' 25,000%", "U.S./U envoys/ 25,000/N %/"},
		{"Witkoff’s G20 élan Élan", "Witkoff’s/U G20/U élan/ Élan/U"},
		{"1990s ٣", "1990s/N ٣/N"},
	}
	for _, tt := range tests {
		var got []string
		for _, tok := range Tokenize(tt.text) {
			s := tt.text[tok.Start:tok.End] + "/"
			if tok.Upper {
				s += "U"
			}
			if tok.Number {
				s += "N"
			}
			got = append(got, s)
		}
		if got := strings.Join(got, " "); got != tt.want {
			t.Errorf("Tokenize(%q): got %q, want %q", tt.text, got, tt.want)
		}
	}
}

func TestFold(t *testing.T) {
	tests := []struct{ word, want string }{
		{"", ""},
		{"Kremlin", "kremlin"},
		{"U.S.", "US"},
		{"U.S", "US"},
		{"US", "US"},
		{"Us", "us"},
		{"us", "us"},
		{"WHO", "WHO"},
		{"WHO's", "WHO"},
		{"Who’s", "who"},
		{"NATO’s", "nato"},
		{"I", "i"}, // one capital is no abbreviation
		{"Putin's", "putin"},
		{"it's", "it"},
		{"isn't", "isn't"},
		{"isn’t", "isn't"},
		{"envoys'", "envoys"},
		{"Zelenskyy’s", "zelenskyy"},
		{"Škoda", "skoda"},
		{"STRASSE", "strasse"},
	}
	for _, tt := range tests {
		if got := Fold(tt.word); got != tt.want {
			t.Errorf("Fold(%q): got %q, want %q", tt.word, got, tt.want)
		}
		if again := Fold(tt.want); again != tt.want {
			t.Errorf("Fold(%q): got %q, want what is folded to stay", tt.want, again)
		}
	}
}

// checkTokens: tokens are words at their offsets, in order, without overlap.
func checkTokens(t *testing.T, text string) {
	t.Helper()
	end := 0
	for i, tok := range Tokenize(text) {
		if tok.Start < end || tok.End <= tok.Start || tok.End > len(text) {
			t.Fatalf("Tokenize(%q): token %d at [%d:%d] after %d", text, i, tok.Start, tok.End, end)
		}
		end = tok.End
		if tok.Word == "" {
			t.Errorf("Tokenize(%q): token %d, %q, is empty", text, i, text[tok.Start:tok.End])
		}
		if utf8.ValidString(text) && !utf8.ValidString(tok.Word) {
			t.Errorf("Tokenize(%q): word %q is not UTF-8", text, tok.Word)
		}
		if tok.Upper && tok.Number {
			t.Errorf("Tokenize(%q): token %d is both a capital and a number", text, i)
		}
		// A token's text on its own is the same token, but for the stops that end an acronym or do not.
		if alone := Tokenize(text[tok.Start:tok.End]); len(alone) == 0 || alone[0].Word != tok.Word && !strings.ContainsRune(text, '.') {
			t.Errorf("Tokenize(%q): word %q alone gives %+v", text, tok.Word, alone)
		}
	}
}

func FuzzTokenize(f *testing.F) {
	seeds := []string{
		"", "The U.S.'s envoy’s 25,000 men at 16:30, 1.2% of G20", "٣,٤", "２５", "ʼ ʼs 's ''s", "a.b.c", "\xff.\xff.", "İ.İ.",
		"Zu\u0308rich 👨‍👩‍👧 ﬁ", "Владимир", "1:2:", "%%", "A’S", "U.S\u0301", "ͅ",
	}
	if len(seeds) == 0 {
		f.Fatal("no seeds")
	}
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(checkTokens)
}
