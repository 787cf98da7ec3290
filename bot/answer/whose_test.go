package answer

import (
	"slices"
	"strings"
	"testing"

	"parley/retrieval/analysis"
)

func TestWhose(t *testing.T) {
	tests := []struct{ question, relation, text string }{
		{"Whose son-in-law is Orla Finch?", "son in law", "Whose son-in-law"},
		{"Tell me whose deputy she was.", "deputy she", "whose deputy she"}, // the verb ends it
		{"Whose foreign policy aide did they meet?", "foreign policy aide", "Whose foreign policy aide"},
		{"Whose is it?", "", ""},
		{"Whose", "", ""},
		{"Whose very long list of names of ships is that?", "", ""},
		{"Who is Orla Finch?", "", ""},
		{"", "", ""},
	}
	for _, tt := range tests {
		relation, text := whose(tt.question)
		if got := strings.Join(relation, " "); got != tt.relation || text != tt.text {
			t.Errorf("%q: got %q in %q, want %q in %q", tt.question, got, text, tt.relation, tt.text)
		}
	}
}

func TestPossessor(t *testing.T) {
	relation := []string{"son", "in", "law"}
	tests := []struct{ name, sentence, want string }{
		{"genitive", "The envoy met Quill’s son-in-law Pell Oster.", "quill"},
		{"straight apostrophe", "The envoy met Quill's son-in-law Pell Oster.", "quill"},
		{"his", "The mayor Tobin Hale and his son-in-law Pell Oster spoke.", "hale"},
		{"a role is no name", "It was the mayor Tobin Hale, Mayor of Sandmouth on Monday, with his son-in-law.", "sandmouth"},
		{"of", "Pell Oster, a son-in-law of Mara Quill, spoke.", "quill"},
		{"to", "Pell Oster, son-in-law to Director Tobin Hale, spoke.", "hale"},
		{"plural", "The sons-in-law of Mara Quill spoke.", "quill"},
		{"genitive of a plural", "The envoy met the Dockers’ son-in-law Pell Oster.", "docker"},
		{"nobody's", "A son-in-law spoke to the crowd.", ""},
		{"of no name", "A son-in-law of the mayor spoke.", ""},
		{"his, with no name before", "There was his son-in-law.", ""},
		{"other relation", "Quill’s deputy spoke.", ""},
		{"cut off", "He is Quill’s son.", ""},
		{"the second one", "A son-in-law spoke, and Quill’s son-in-law left.", "quill"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			e := newEngine(t, briefs(tt.sentence), Options{})
			got := ""
			if id := e.possessor(0, relation); id != analysis.NoTerm {
				got = e.fwd.Terms[id]
			}
			if got != tt.want {
				t.Errorf("%q: got %q, want %q", tt.sentence, got, tt.want)
			}
		})
	}
}

// TestPossessorForms guards that a relation is found in whatever form.
func TestPossessorForms(t *testing.T) {
	e := newEngine(t, briefs("The envoy met Quill’s advisers."), Options{})
	if id := e.possessor(0, []string{"adviser"}); id == analysis.NoTerm || e.fwd.Terms[id] != "quill" {
		t.Errorf("got term %d, want quill", id)
	}
}

func TestRelationsDiffer(t *testing.T) {
	const question = "Whose son-in-law is Pell Oster?"
	tests := []struct {
		name  string
		texts []string
		want  []string // articles of the sides; nil for no conflict
	}{
		{"two names", []string{"Pell Oster, Mara Quill’s son-in-law, spoke.", "The mayor Tobin Hale and his son-in-law Pell Oster spoke."}, []string{"mail", "post"}},
		{"one name", []string{"Pell Oster, Mara Quill’s son-in-law, spoke.", "Pell Oster, a son-in-law of Mara Quill, spoke."}, nil},
		{"another relation", []string{"Pell Oster, Mara Quill’s son-in-law, spoke.", "Pell Oster, Tobin Hale’s deputy, spoke."}, nil},
		{"the one asked about", []string{"Pell Oster, Mara Quill’s son-in-law, spoke.", "Oster’s son-in-law Pell spoke."}, nil},
		{
			"three names",
			[]string{
				"Pell Oster, Mara Quill’s son-in-law, spoke.", "Pell Oster, Tobin Hale’s son-in-law, spoke.", "Pell Oster, Ruth Calder’s son-in-law, spoke.",
			},
			[]string{"mail", "news", "post"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := ask(t, newEngine(t, briefs(tt.texts...), Options{}), Question{Text: question})
			var got []string
			for _, s := range sides(a) {
				got = append(got, a.Citations[s.Citations[0]-1].ArticleID)
			}
			slices.Sort(got)
			if !slices.Equal(got, tt.want) {
				t.Errorf("got sides from %q, want %q: %s", got, tt.want, a.Text)
			}
			if tt.want != nil && !strings.HasPrefix(a.Text, "The reports differ on whose son-in-law it is\n") {
				t.Errorf("got %s, want what they differ on first", a.Text)
			}
		})
	}
	a := ask(t, newEngine(t, briefs(tests[0].texts...), Options{}), Question{Text: "Who is Pell Oster?"})
	if len(a.Conflicts) > 0 {
		t.Errorf("nobody asked whose relation he is, got %s", a.Text)
	}
}
