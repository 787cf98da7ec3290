package answer

import (
	"testing"
)

func (s slot) name() string { return [...]string{"open", "filled", "loose", "empty"}[s] }

// filledBy returns what a sentence has of what a question asks for. Another
// article beside it holds nouns that questions name and the sentence may lack.
func filledBy(t *testing.T, question, sentence string) slot {
	t.Helper()
	e := newEngine(t, briefs(sentence, "Nothing happened in the city, and no ferry came; there were exact words."), Options{})
	ev := gathered(t, e, Question{Text: question})
	if ev.matcher == nil {
		t.Fatalf("%q finds nothing in %q", question, sentence)
	}
	return e.fill(ev, 0)
}

func TestFill(t *testing.T) {
	tests := []struct {
		name, question, sentence string
		want                     slot
	}{
		// Durations.
		{"on what is asked about", "How long did the negotiations last?", "The negotiations lasted nine hours.", slotFilled},
		{"on a word used alike", "How long did the negotiations last?", "Their talks took nine hours.", slotFilled},
		{"on something else", "How long did the negotiations last?", "The negotiations were about pay, and those who came to the hall on that day had stood in the rain for nine hours.", slotLoose},
		{"a point in time", "How long did the negotiations last?", "The negotiations ended two years ago.", slotEmpty},
		{"a duration of the question", "How long were the nine hours of negotiations?", "The negotiations went on for nine hours.", slotEmpty},
		{"without a number", "How long did the negotiations last?", "The negotiations went on for hours.", slotLoose},
		{"until", "How long did the negotiations last?", "The negotiations went on until dawn.", slotLoose},
		{"indefinitely", "How long will the closure last?", "The closure is imposed indefinitely.", slotLoose},
		{"as long as", "How long will the closure last?", "The closure holds as long as it rains.", slotLoose},
		{"none", "How long did the negotiations last?", "The negotiations ended without a deal.", slotEmpty},
		{"names alone are asked about", "How long was Mara Quill there?", "Mara Quill was there for nine hours.", slotFilled},

		// Counts.
		{"on the noun", "How many workers joined?", "Some 300 workers joined.", slotFilled},
		{"on another noun", "How many workers joined?", "On that day workers joined in the old harbor, where 300 ships lay.", slotLoose},
		{"a number in thousands is no year", "How many workers joined?", "Some 1,100 workers joined.", slotFilled},
		{"a year", "How many workers joined?", "In 1100 workers joined.", slotEmpty},
		{"a day", "How many workers joined?", "On 12 May workers joined.", slotEmpty},
		{"on another noun of the question", "How many ferries does the plan need?", "The 28 plans were changed by the ferries' crews.", slotEmpty},
		{"in words", "How many barrels were lost?", "They lost close to a million barrels.", slotFilled},
		{"a clock", "How many workers joined?", "At 16:30 workers joined.", slotEmpty},
		{"a share", "What share of the crop was lost?", "Of the crop 40 percent was lost.", slotFilled},

		// Times.
		{"a date", "On what date did it open?", "The bridge opened in May.", slotFilled},
		{"a weekday for a date", "On what date did the bridge open?", "The bridge opened on a Monday.", slotLoose},
		{"how long ago", "How long ago did the bridge open?", "The bridge opened six months ago.", slotFilled},
		{"a year for a year", "In what year did the bridge open?", "The bridge opened in 1990.", slotFilled},
		{"a month for a year", "In what year did the bridge open?", "The bridge opened in May.", slotLoose},
		{"a clock for a time", "At what time did the bridge open?", "The bridge opened at 16:30.", slotFilled},
		{"a year for a time", "At what time did the bridge open?", "The bridge opened in 1990.", slotLoose},
		{"no time", "When did the bridge open?", "The bridge opened with a feast.", slotEmpty},

		// Names.
		{"somebody", "Who praised the patience of the crowd?", "On Monday Mara Quill praised the patience of the crowd.", slotFilled},
		{"nobody", "Who praised the patience of the crowd?", "On Monday the old man praised the patience of the crowd.", slotEmpty},
		{"the one asked about", "Who praised Mara Quill?", "On Monday they praised Mara Quill.", slotEmpty},
		{"with its noun", "What is the name of the ferry?", "They took the ferry Lantern home.", slotFilled},
		{"far from its noun", "What is the name of the ferry?", "They took the ferry home in the rain of that night and so did Mara Quill.", slotEmpty},
		{"without its noun", "What is the name of the ferry?", "They went home, and so did Mara Quill.", slotLoose},
		{"beside its noun only by the way", "What is the name of the interpreter?", "They came with an interpreter from the Norwegian side, and Mara Quill smiled.", slotEmpty},
		{"a kind of its noun", "What building did they meet in?", "They met in the embassy.", slotFilled},
		{"called so in small letters", "What is the bird on the ferry called?", "The bird on the ferry is called a tern.", slotFilled},
		{"called, without a name", "What is the bird on the ferry called?", "They saw the bird on the ferry.", slotEmpty},
		{"all the names", "What are the names of the two pilots?", "The pilots Mara Quill and Pell Oster came.", slotFilled},
		{"one name of two", "What are the names of the two pilots?", "The pilot Mara Quill came.", slotLoose},
		{"a role's kind", "Which officials came?", "With her came the envoy Mara Quill.", slotFilled},
		{"a role without a name", "Which ministers want the ferry to stop?", "Many ministers believe that Pell Oster will stop the ferry.", slotLoose},
		{"an adjective", "Who met in the hall?", "The Norwegian guests met in the hall.", slotEmpty},
		{"a country that acts", "Who sent the ferry?", "The ferry came from Norway.", slotLoose},
		{"somewhere", "Where did they meet?", "They met at the hospital.", slotFilled},
		{"somebody for somewhere", "Where did they meet?", "They met, as Mara Quill said.", slotLoose},
		{"a city that is one", "Which city did they meet in?", "They met in Geneva.", slotFilled},
		{"a city that the lexicon knows well", "Which city did they meet in?", "They met in Paris.", slotFilled},
		{"somebody for a city", "Which city did they meet in?", "They met with Pell Oster.", slotEmpty},
		{"by a role elsewhere", "Which envoy left?", "Envoy Kirsten Dahl came by train. Dahl left.", slotFilled},
		{"a role of nobody's", "Which envoy left?", "At noon Pell Oster left.", slotLoose},

		{"a quotation", "What were her exact words?", "Quill told the crowd: “We stay.”", slotFilled},
		{"told", "What were the exact words of Quill?", "Quill told the crowd to stay.", slotLoose},
		{"nothing special", "What happened?", "Quill told the crowd to stay; that happened.", slotOpen},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := filledBy(t, tt.question, tt.sentence); got != tt.want {
				t.Errorf("%q in %q: got %s, want %s", tt.question, tt.sentence, got.name(), tt.want.name())
			}
		})
	}
}

// TestFillByEpithet guards that a name that another sentence gives a role fills
// the slot for the role.
func TestFillByEpithet(t *testing.T) {
	e := newEngine(t, briefs("At noon Dahl left the hall.", "They met the envoy Kirsten Dahl and the baker Pell Oster.", "At noon Oster left the hall."), Options{})
	ev := gathered(t, e, Question{Text: "Which envoy left the hall?"})
	if got := e.fill(ev, sentenceWith(t, e, "Dahl left")); got != slotFilled {
		t.Errorf("the envoy: got %s, want filled", got.name())
	}
	if got := e.fill(ev, sentenceWith(t, e, "Oster left")); got != slotLoose {
		t.Errorf("the baker: got %s, want loose", got.name())
	}
}

func TestWantedTime(t *testing.T) {
	for question, want := range map[string]class{
		"On what date did it open?":      isMonth | isYear,
		"In what year did it open?":      isYear,
		"In what month did it open?":     isMonth,
		"At what time did it open?":      isClock | isDayPart,
		"At what hour did it open?":      isClock | isDayPart,
		"When did it open?":              anyTime,
		"":                               anyTime,
		"In which years was it at work?": isYear,
	} {
		if got := wantedTime(question); got != want {
			t.Errorf("%q: got %b, want %b", question, got, want)
		}
	}
}

func TestOpenEnded(t *testing.T) {
	for text, want := range map[string]bool{
		"It is closed indefinitely.":    true,
		"It was closed Permanently.":    true,
		"They talked for hours.":        true,
		"They talked until dawn.":       true,
		"They talked overnight.":        true,
		"as long as it takes":           true,
		"for ever and forever":          true,
		"They talked for five hours.":   false,
		"They talked hours later.":      false,
		"A long time as it was.":        false,
		"An untilled field, a fortress": false,
		"":                              false,
	} {
		if got := openEnded.MatchString(text); got != want {
			t.Errorf("%q: got %v, want %v", text, got, want)
		}
	}
}
