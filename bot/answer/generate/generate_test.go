package generate

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"parley/bot/answer"
	"parley/bot/answer/extract"
)

// shown is what comes of a model's text.
type shown struct {
	name     string
	question string // about the bonus when empty
	scripts  []script
	shows    []string    // all of these
	hides    []string    // none of these, at no time
	note     answer.Note // why nothing of the model's is shown; empty where something is
	declines bool        // the model does
}

const whatBonus = "What bonus does every crane driver receive?"

// try asks the question of a test, and checks what is shown.
func (tt *shown) try(t *testing.T) {
	t.Helper()
	e, _ := generative(t, tt.scripts...)
	q := tt.question
	if q == "" {
		q = whatBonus
	}
	var drafts []string
	a, err := e.Stream(t.Context(), answer.Question{Text: q}, func(text string) { drafts = append(drafts, text) })
	if err != nil {
		t.Fatal(err)
	}
	for _, problem := range wrongWith(e.corpus, a) {
		t.Error(problem)
	}
	engine := "scripted"
	if tt.note != "" || tt.declines {
		engine = extract.Name
	}
	if a.Engine != engine || a.Note != tt.note || a.Abstained != (engine == extract.Name) {
		t.Errorf("got engine %s, note %q, declined %v, want %s, %q: %s", a.Engine, a.Note, a.Abstained, engine, tt.note, a.Text)
	}
	for _, want := range tt.shows {
		if !strings.Contains(a.Text, want) {
			t.Errorf("got %q, want %q in it", a.Text, want)
		}
	}
	for _, text := range append(drafts, a.Text) {
		for _, hidden := range tt.hides {
			if strings.Contains(text, hidden) {
				t.Errorf("got %q, which has %q", text, hidden)
			}
		}
	}
	if engine == "scripted" && (len(drafts) == 0 || drafts[len(drafts)-1] != a.Text) {
		t.Errorf("shown while it was written: %q, in the end: %q", drafts, a.Text)
	}
}

// TestShown guards what is shown of what models say.
func TestShown(t *testing.T) {
	good := said{bonus, []string{bonus}}
	for _, tt := range []shown{
		{name: "as it stands", scripts: []script{writes(good)}, shows: []string{bonus + " [1]"}},
		{name: "in other words", scripts: []script{writes(said{"Under the deal every crane driver receives a monthly bonus of 220 crowns.", []string{bonus}})}, shows: []string{"monthly bonus of 220 crowns. [1]"}},
		{name: "quotation with other marks", question: "What did Mara Quill tell the crowd?", scripts: []script{writes(said{
			`Quill told the crowd: "We will not trade our sleep for your timetable."`, []string{sleep},
		})}, shows: []string{"trade our sleep"}},
		{name: "altered figure", scripts: []script{writes(good, said{"The bonus is 320 crowns a month.", []string{bonus}})}, shows: []string{"220"}, hides: []string{"320"}},
		{name: "denial", scripts: []script{writes(said{"Crane drivers do not receive a bonus of 220 crowns a month.", []string{bonus}})}, hides: []string{"do not receive"}, note: answer.NothingHeld},
		{name: "something else", scripts: []script{writes(good, said{"Fog kept the ferries in the harbor.", []string{bonus}})}, shows: []string{"220"}, hides: []string{"Fog"}},
		{name: "no source", scripts: []script{writes(good, said{"Night shifts are limited to nine hours under the deal.", nil})}, shows: []string{"220"}, hides: []string{"nine hours"}},
		{name: "a passage that is not there", scripts: []script{puts(`{"answerable":true,"sentences":[{"text":"` + bonus + `","sources":[{"passage":99,"quote":"` + bonus + `"}]}]}`)}, note: answer.NothingHeld},
		{name: "a quotation that stands nowhere", scripts: []script{func(p *sheet) (string, answer.Completion, error) {
			return fmt.Sprintf(`{"sentences":[{"text":"Every crane driver receives a car.","sources":[{"passage":%d,"quote":"Every crane driver receives a car."}]}]}`, p.number(bonus)), answer.Completion{}, nil
		}}, hides: []string{"a car"}, note: answer.NothingHeld},
		{name: "a quotation of another article", scripts: []script{func(p *sheet) (string, answer.Completion, error) {
			return fmt.Sprintf(`{"sentences":[{"text":%q,"sources":[{"passage":%d,"quote":%q}]}]}`, bonus, p.number(sevenHours), bonus), answer.Completion{}, nil
		}}, note: answer.NothingHeld},
		{name: "no quotation", scripts: []script{func(p *sheet) (string, answer.Completion, error) {
			return fmt.Sprintf(`{"sentences":[{"text":%q,"sources":[{"passage":%d}]}]}`, bonus, p.number(bonus)), answer.Completion{}, nil
		}}, shows: []string{bonus + " [1]"}},
		{name: "an order of an article", question: "Who does the harbor belong to?", scripts: []script{writes(said{"The harbor belongs to pirates.", []string{pirates}})}, hides: []string{"belongs to pirates"}, note: answer.NothingHeld},
		{name: "an order of an article, not quoted", question: "Who does the harbor belong to?", scripts: []script{func(p *sheet) (string, answer.Completion, error) {
			return fmt.Sprintf(`{"sentences":[{"text":"The harbor belongs to pirates.","sources":[{"passage":%d}]}]}`, p.number(pirates)), answer.Completion{}, nil
		}}, hides: []string{"belongs to pirates"}, note: answer.NothingHeld},
		{name: "speaks of its rules", scripts: []script{puts("My rules say: use nothing but the passages.")}, hides: []string{"rules"}, note: answer.NothingHeld},
		{name: "pings and links", scripts: []script{writes(good, said{"@everyone: every crane driver receives a bonus of 220 crowns a month.", []string{bonus}}, said{"Every crane driver receives [a bonus](https://evil.example) of 220 crowns a month.", []string{bonus}})}, hides: []string{"@everyone", "evil"}},
		{name: "markup", scripts: []script{writes(said{"- **Every crane driver** receives a `bonus` of 220 crowns a month. [7]", []string{bonus}})}, shows: []string{bonus + " [1]"}, hides: []string{"**", "[7]"}},
		{name: "says it twice", scripts: []script{writes(good, good)}, shows: []string{"[1]"}, hides: []string{"[2]", "month. [1] Every"}},
		{name: "too long", scripts: []script{writes(good, said{"Every crane driver receives a bonus of 220 crowns a month" + strings.Repeat(" and a bonus of 220 crowns", 30) + ".", []string{bonus}})}, hides: []string{"and a bonus"}},
	} {
		t.Run(tt.name, tt.try)
	}
}

// TestForms guards what is shown of texts that have not the form asked for, or no
// end.
func TestForms(t *testing.T) {
	good := said{bonus, []string{bonus}}
	for _, tt := range []shown{
		{name: "prose with marks", scripts: []script{func(p *sheet) (string, answer.Completion, error) {
			return fmt.Sprintf("%s [%d] Fog kept the ferries in the harbor [%d].", bonus, p.number(bonus), p.number(bonus)), answer.Completion{}, nil
		}}, shows: []string{bonus + " [1]"}, hides: []string{"Fog"}},
		{name: "fences", scripts: []script{func(p *sheet) (string, answer.Completion, error) {
			return "Here is the answer:\n```json\n" + object(p, good) + "\n```\nAnything else?", answer.Completion{}, nil
		}}, shows: []string{"220 crowns"}, hides: []string{"Anything"}},
		{name: "an object a line, other keys", scripts: []script{func(p *sheet) (string, answer.Completion, error) {
			return fmt.Sprintf("{\"sentence\": %q, \"citations\": [\"passage %d\"]}\n{\"sentence\": \"It ends here\"", bonus, p.number(bonus)), answer.Completion{}, nil
		}}, shows: []string{"220 crowns"}},
		{name: "cut short", scripts: []script{func(p *sheet) (string, answer.Completion, error) {
			text := object(p, good, said{limited, []string{limited}})
			return text[:len(text)-60], answer.Completion{}, errors.New("cut short")
		}}, shows: []string{"220 crowns"}, hides: []string{"nine hours"}},
		{name: "cut off", scripts: []script{func(p *sheet) (string, answer.Completion, error) {
			text := object(p, good, said{limited, []string{limited}})
			return text[:len(text)-60], answer.Completion{Finish: answer.CutOff}, nil // in the quotation
		}}, shows: []string{"220 crowns", "nine hours"}},
		{name: "cut off in a sentence", scripts: []script{func(p *sheet) (string, answer.Completion, error) {
			text := object(p, good, said{limited, []string{limited}})
			return text[:strings.Index(text, "nine hours")], answer.Completion{Finish: answer.CutOff}, nil
		}}, shows: []string{"220 crowns"}, hides: []string{"Night shifts"}},
		{name: "writes what is of no form", scripts: []script{puts(`{"weather": 5}`)}, note: answer.ModelFailed},
		{name: "fails at once", scripts: []script{fails("", errors.New("connection refused"))}, note: answer.ModelFailed},
		{name: "refuses", scripts: []script{func(*sheet) (string, answer.Completion, error) {
			return "", answer.Completion{Finish: answer.Refused, Refusal: "I cannot help with that."}, nil
		}}, hides: []string{"cannot help"}, note: answer.ModelFailed},
		{name: "says nothing", scripts: []script{puts("")}, note: answer.ModelFailed},
		{name: "broken object", scripts: []script{puts(`{"answerable": true, "sentences": [{"text": "Every crane`)}, note: answer.ModelFailed},
		{name: "finds no answer", scripts: []script{puts(`{"answerable": false, "sentences": []}`)}, declines: true},
		{name: "finds no answer, and writes one", scripts: []script{func(p *sheet) (string, answer.Completion, error) {
			return strings.Replace(object(p, good), "true", "false", 1), answer.Completion{}, nil
		}}, shows: []string{"220 crowns"}},
		{name: "goes on and on", scripts: []script{func(p *sheet) (string, answer.Completion, error) {
			return object(p, good) + strings.Repeat(" ", 2*maxModelText) + object(p, said{limited, []string{limited}}), answer.Completion{}, nil
		}}, shows: []string{"220 crowns"}, hides: []string{"nine hours"}},
	} {
		t.Run(tt.name, tt.try)
	}
}

// TestRepair guards that what cannot be shown is written anew once.
func TestRepair(t *testing.T) {
	wrong := said{"The bonus is 320 crowns a month.", []string{bonus}}
	right := said{bonus, []string{bonus}}
	other := said{limited, []string{limited}}
	for _, tt := range []shown{
		{name: "better", scripts: []script{writes(wrong), writes(right)}, shows: []string{bonus + " [1]"}, hides: []string{"320"}},
		{name: "in its place", scripts: []script{writes(wrong, other), writes(right)}, shows: []string{bonus + " [1] " + limited + " [2]"}, hides: []string{"320"}},
		{name: "no better", scripts: []script{writes(wrong), writes(said{"The bonus is 330 crowns.", []string{bonus}}), writes(right)}, hides: []string{"320", "330"}, note: answer.NothingHeld},
		{name: "left out", scripts: []script{writes(other, wrong), puts(`{"sentences": []}`)}, shows: []string{limited + " [1]"}, hides: []string{"320"}},
		{name: "fails", scripts: []script{writes(other, wrong), fails("", errors.New("gone"))}, shows: []string{limited + " [1]"}, hides: []string{"320"}},
		{name: "declines to", scripts: []script{writes(wrong), puts(`{"answerable": false, "sentences": []}`)}, note: answer.NothingHeld},
		{name: "another one than is wrong", scripts: []script{writes(other, wrong), puts(`{"sentences": [{"replaces": 7, "text": "` + bonus + `", "sources": [3]}]}`)}, shows: []string{limited + " [1]"}, hides: []string{"220"}},
		{name: "the same one twice", scripts: []script{writes(wrong), func(p *sheet) (string, answer.Completion, error) {
			text := object(p, right, other)
			return strings.Replace(text, `"replaces":2`, `"replaces":1`, 1), answer.Completion{}, nil
		}}, shows: []string{bonus + " [1]"}, hides: []string{"nine hours"}},
	} {
		t.Run(tt.name, tt.try)
	}
	e, m := generative(t, writes(wrong), writes(right))
	if _, err := e.Answer(t.Context(), answer.Question{Text: whatBonus}); err != nil {
		t.Fatal(err)
	}
	if len(m.prompts) != 2 {
		t.Fatalf("the model was asked %d times, want 2", len(m.prompts))
	}
	last := m.prompts[1].Messages[len(m.prompts[1].Messages)-1].Text
	for _, want := range []string{"another figure", wrong.text, `"sentence":1`} {
		if !strings.Contains(last, want) {
			t.Errorf("the model is not told %q: %s", want, last)
		}
	}
}
