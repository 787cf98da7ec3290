package answer

import (
	"strings"
	"testing"

	"parley/corpus"
)

// TestWrittenSentences guards what a written sentence may change of what it rests on, and
// what not.
func TestWrittenSentences(t *testing.T) {
	const (
		called   = "The port authority, headed by director Tobin Hale, called the walkout unlawful."
		praised  = "Director Tobin Hale praised the patience of mediator Ruth Calder."
		told     = "Commanders told Minister Ines Valdor this week that they had captured Ellery."
		restored = "The crane was partially repaired from 1961 to 1964, then completely restored from 1995 to 1999."
		earned   = "The port earned $1.45 billion in the north, just shy of the $1.59 billion that analysts had expected."
		began    = "The meeting began around 16:30 GMT and went on past midnight."
		killed   = "Officials estimate that over 1,200 men have been killed or injured since the strike began."
		some     = "Some captains endorse the plan, which Quill first proposed."
		tried    = "The firm tried to sink the barge, Moss said."
		share    = "The union will share all reports with its partners."
		fears    = "Quill said that the union fears the port could lose interest."
		before   = "Just before the talks, Quill warned the owners of a long strike."
		yet      = "The efforts of Calder have yet to produce results."
		no       = "No statement has yet been issued about the talks."
		eighth   = "The eighth ship of the season, the Lantern reached the bay on Friday."
		accused  = "The owners accused the union of the fire."
		cause    = "The barge began to sink due to a hole in its side."
		artful   = "Calder spoke about artificial intelligence at the harbor."
		moscow   = "The Kremlin remains unwilling to make the compromises that Kyiv wants."
		end      = "The exit is a shock for the port, said analyst Arun Moss of the Institute."
	)
	tests := []struct {
		name, evidence, text string
		ok                   bool
	}{
		{"as it stands", praised, praised, true},
		{"passive", praised, "The patience of mediator Ruth Calder was praised by director Tobin Hale.", true},
		{"who does it to whom", praised, "Mediator Ruth Calder praised the patience of director Tobin Hale.", false},
		{"passive the wrong way", praised, "The patience of director Tobin Hale was praised by mediator Ruth Calder.", false},
		{"who told whom", told, "Minister Ines Valdor told commanders this week that Ellery had been captured.", false},
		{"an office of somebody else", praised, "Mediator Tobin Hale praised the patience of Ruth Calder.", false},
		{"says so by itself", called, "The walkout was unlawful.", false},
		{"says who says so", called, "According to the port authority, the walkout was unlawful.", true},
		{"times swapped", restored, "The crane was completely restored from 1995 to 1999.", true},
		{"the figure of something else", earned, "The port earned $1.59 billion in the north.", false},
		{"the right figure", earned, "The port earned $1.45 billion in the north.", true},
		{"the other direction", earned, "The port earned $1.45 billion in the north, just above what analysts had expected.", false},
		{"another clock", began, "The meeting began around 4:30 p.m. GMT.", true},
		{"half of an alternative", killed, "Officials estimate that over 1,200 men have been killed since the strike began.", false},
		{"without more than", killed, "Officials estimate that 1,200 men have been killed or injured since the strike began.", false},
		{"some are most", some, "Most captains endorse the plan.", false},
		{"some are some", some, "Some captains endorse the plan.", true},
		{"tried is not done", tried, "Moss said that the firm sank the barge.", false},
		{"will is not has", share, "The union has shared all reports with its partners.", false},
		{"will is will", share, "The union is going to share all reports with its partners.", true},
		{"could is not has", fears, "Quill said that the port has lost interest.", false},
		{"before is not after", before, "Just after the talks, Quill warned the owners of a long strike.", false},
		{"yet to is not", yet, "The efforts of Calder have not produced results.", true},
		{"yet to is no has", yet, "The efforts of Calder have produced results.", false},
		{"a denial gone", no, "A statement has been issued about the talks.", false},
		{"an ordinal", eighth, "The eighteenth ship of the season, the Lantern reached the bay on Friday.", false},
		{"the same ordinal", eighth, "The 8th ship of the season, the Lantern reached the bay on Friday.", true},
		{"accused by", accused, "The union was accused of the fire by the owners.", true},
		{"a cause", cause, "The barge began to sink because of a hole in its side.", true},
		{"another cause", cause, "The barge began to sink due to a storm.", false},
		{"a cause of none", share, "Because the union will share all reports, its partners are content.", false},
		{"initials", artful, "Calder spoke about AI at the harbor.", true},
		{"a government by its capital", moscow, "Moscow remains unwilling to make the compromises that Kyiv wants.", true},
		{"said so at the end", end, "Analyst Arun Moss of the Institute said that the exit is a shock for the port.", true},
		{"something added", end, "Analyst Arun Moss of the Institute said on Friday that the exit is a shock for the port.", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			// Other sentences make names known as such.
			rest := "Later, Tobin Hale, Ruth Calder, Mara Quill, Ines Valdor and Arun Moss met in Sandmouth. They spoke of Quill, of Moss, of Calder and of Hale."
			e := newEngine(t, []corpus.Article{{ID: "a", Title: "Report", Body: tt.evidence}, {ID: "b", Title: "Other", Body: rest}}, Options{})
			u := unit{0, 0, 0}
			w, err := e.read(t.Context(), tt.text, []unit{u})
			if err != nil {
				t.Fatal(err)
			}
			by, wrong := w.supported([]unit{u})
			if (wrong == "") != tt.ok || (len(by) == 1) != tt.ok {
				t.Errorf("%q from %q: supported by %v, wrong is %q, want ok %v", tt.text, tt.evidence, by, wrong, tt.ok)
			}
		})
	}
}

// TestWrittenByTwo guards that two clauses may rest on two articles, and one
// clause may not.
func TestWrittenByTwo(t *testing.T) {
	e := strikeEngine(t)
	find := func(text string) unit {
		for i := range e.fwd.Corpus.Sentences {
			if strings.Contains(e.fwd.Corpus.SentenceText(i), text) {
				return unit{e.fwd.Corpus.Sentences[i].Article, i, i}
			}
		}
		t.Fatalf("no sentence has %q", text)
		return unit{}
	}
	units := []unit{find(sevenHours), find(nineHours)}
	for text, want := range map[string]int{
		"The Harbor Courier says that the negotiations lasted seven hours, while the Sandmouth Mail says that the negotiations lasted nine hours.": 2,
		"The Harbor Courier says that the negotiations lasted nine hours, while the Sandmouth Mail says that the negotiations lasted seven hours.": 0,
		"The negotiations of seven hours lasted nine hours.": 0,
	} {
		w, err := e.read(t.Context(), text, units)
		if err != nil {
			t.Fatal(err)
		}
		if by, wrong := w.supported(units); len(by) != want {
			t.Errorf("%q: supported by %v, wrong is %q", text, by, wrong)
		}
	}
}
