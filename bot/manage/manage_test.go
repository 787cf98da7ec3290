package manage

import (
	"errors"
	"fmt"
	"testing"

	"parley/bot/store"
)

func TestAddGap(t *testing.T) {
	var groups []*Gap
	for i := range 40 {
		groups = addGap(groups, store.Gap{Question: fmt.Sprintf("word%d other%d?", i%20, i%20), Unhelpful: i >= 20})
	}
	if len(groups) != 20 || groups[0].count() != 2 || groups[0].Refused != 1 || groups[0].Unhelpful != 1 {
		t.Errorf("got %d groups, the first %+v", len(groups), groups[0])
	}
	groups = addGap(addGap(nil, store.Gap{Question: "?!"}), store.Gap{Question: "…"})
	if len(groups) != 1 {
		t.Errorf("questions without words are in %d groups", len(groups))
	}
}

func TestBusyError(t *testing.T) {
	var r reloads
	if err := r.begin("boss"); err != nil {
		t.Fatal(err)
	}
	busy, ok := errors.AsType[*BusyError](r.begin("other"))
	if !ok || busy.Who != "boss" || busy.Since.IsZero() {
		t.Errorf("got %+v", busy)
	}
}

func TestManagers(t *testing.T) {
	m := Managers{Users: []string{"1", ""}, Roles: []string{"r", ""}}
	for _, tt := range []struct {
		user  string
		roles []string
		want  bool
	}{
		{"1", nil, true}, {"2", []string{"q", "r"}, true}, {"2", []string{"q"}, false}, {"", []string{""}, false},
	} {
		if got := m.Lists(tt.user, tt.roles); got != tt.want {
			t.Errorf("user %q with roles %q: got %v", tt.user, tt.roles, got)
		}
	}
	if (Managers{}).Lists("", []string{""}) {
		t.Error("nobody is a manager where none is named")
	}
}
