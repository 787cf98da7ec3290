package support

import "testing"

func TestSwapped(t *testing.T) {
	tests := []struct {
		name, claim, text string
		want              bool
	}{
		{"names", "Governor Hugh Marden thanked chief engineer Petra Lowe.", "Chief engineer Petra Lowe thanked governor Hugh Marden.", true},
		{"as it is", "Chief engineer Petra Lowe thanked governor Hugh Marden.", "Chief engineer Petra Lowe thanked governor Hugh Marden.", false},
		{"the passive turns sides", "Governor Hugh Marden was thanked by chief engineer Petra Lowe.", "Chief engineer Petra Lowe thanked governor Hugh Marden.", false},
		{"a passive with much between", "Pell was rescued from the icy water by captain Edda Holm.", "Captain Edda Holm rescued the sailor Joris Pell from the icy water.", false},
		{"a passive with swapped sides", "Chief engineer Petra Lowe was thanked by governor Hugh Marden.", "Governor Hugh Marden was thanked by chief engineer Petra Lowe.", true},
		{"something of somebody", "Mediator Ruth Calder praised the patience of director Tobin Hale.", "Director Tobin Hale praised the patience of mediator Ruth Calder.", true},
		{"no names", "Two men arrested police near the gate.", "Police arrested two men near the gate.", true},
		{"a company and its owners", "The insurer Halden Mutual accused the owners of delay.", "The owners accused the insurer Halden Mutual of delay.", true},
		{"another clause in front", "Near the gate, police arrested two men.", "Police arrested two men near the gate.", false},
		{"who meets whom", "Petra Lowe met Hugh Marden.", "Hugh Marden met Petra Lowe.", false},
		{"one side only", "Petra Lowe thanked the crew.", "Hugh Marden thanked Petra Lowe.", false},
		{"another word between", "Hugh Marden paid Petra Lowe.", "Petra Lowe thanked Hugh Marden.", false},
		{"nothing", "", "", false},
	}
	for _, tt := range tests {
		if got := swapped(tt.claim, tt.text); got != tt.want {
			t.Errorf("%s: %q of %q: got %v", tt.name, tt.claim, tt.text, got)
		}
	}
}

func TestSurer(t *testing.T) {
	tests := []struct {
		name, claim, text string
		want              bool
	}{
		{"an account as a fact", "Strikers damaged a crane.", "The port authority said that strikers had damaged a crane.", true},
		{"the account", "The port authority said that strikers damaged a crane.", "The port authority said that strikers had damaged a crane.", false},
		{"the account in other words", "According to the port authority, strikers damaged a crane.", "The port authority said that strikers had damaged a crane.", false},
		{"from a name in front", "The roof leaks.", "According to the mayor, the roof leaks.", true},
		{"who says it stands behind", "The roof leaks.", "The roof leaks, the mayor said.", false},
		{"what may be as what is", "The roof collapsed.", "The roof may collapse.", true},
		{"what may be", "The roof might collapse.", "The roof may collapse.", false},
		{"a fact", "The roof leaks.", "The roof leaks.", false},
	}
	for _, tt := range tests {
		if got := surer(tt.claim, tt.text); got != tt.want {
			t.Errorf("%s: %q of %q: got %v", tt.name, tt.claim, tt.text, got)
		}
	}
}
