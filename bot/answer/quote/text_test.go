package quote

import (
	"testing"

	"parley/bot/answer"
)

func TestText(t *testing.T) {
	claim := func(text string, citations ...int) answer.Claim {
		return answer.Claim{Text: text, Citations: citations}
	}
	nine, seven := claim("Mail: Nine hours.", 1), claim("Courier: Seven hours.", 2)
	conflict := answer.Conflict{About: "They differ", Sides: []answer.Side{{Claim: nine.Text, Citations: nine.Citations}, {Claim: seven.Text, Citations: seven.Citations}}}
	rained, froze := claim("It rained.", 1), claim("It froze.", 2)
	dated := rained
	dated.Day = may(3)
	list := answer.Answer{Shape: answer.List, Intro: "I know two things.", Lead: answer.Yes, Claims: []answer.Claim{dated, froze}}
	alone := list
	alone.Claims = list.Claims[:1]
	woven := conflict
	woven.Woven = true
	tests := []struct {
		name string
		a    answer.Answer
		want string
	}{
		{"nothing", answer.Answer{}, ""},
		{"one claim", answer.Answer{Claims: []answer.Claim{claim("It rained.", 1)}}, "It rained. [1]"},
		{"two citations", answer.Answer{Claims: []answer.Claim{claim("It rained.", 1, 2)}}, "It rained. [1][2]"},
		{"no citation", answer.Answer{Claims: []answer.Claim{claim("It rained.")}}, "It rained."},
		{"two claims", answer.Answer{Claims: []answer.Claim{claim("It rained.", 1), claim("It froze.", 2)}}, "It rained. [1] It froze. [2]"},
		{"a list", answer.Answer{Shape: answer.List, Claims: []answer.Claim{rained, froze}}, "• It rained. [1]\n• It froze. [2]"},
		{"a list under words", list, "Yes. I know two things.\n• 3 May 2025: It rained. [1]\n• It froze. [2]"},
		{"a list of one", alone, "Yes. I know two things. It rained. [1]"},
		{
			"a conflict and a list",
			answer.Answer{Shape: answer.List, Claims: []answer.Claim{nine, seven, rained, froze}, Conflicts: []answer.Conflict{conflict}, Unsaid: []string{"Why?"}},
			"They differ\n• Mail: Nine hours. [1]\n• Courier: Seven hours. [2]\n\n• It rained. [1]\n• It froze. [2]\n\nThe articles do not say: “Why?”",
		},
		{
			"a conflict and one of a list",
			answer.Answer{Shape: answer.List, Claims: []answer.Claim{nine, seven, rained}, Conflicts: []answer.Conflict{conflict}},
			"They differ\n• Mail: Nine hours. [1]\n• Courier: Seven hours. [2]\n\nIt rained. [1]",
		},
		{
			"a conflict",
			answer.Answer{Claims: []answer.Claim{nine, seven}, Conflicts: []answer.Conflict{conflict}},
			"They differ\n• Mail: Nine hours. [1]\n• Courier: Seven hours. [2]",
		},
		{
			"a conflict and claims",
			answer.Answer{Claims: []answer.Claim{nine, seven, claim("It rained.", 3), claim("It froze.", 2)}, Conflicts: []answer.Conflict{conflict}},
			"They differ\n• Mail: Nine hours. [1]\n• Courier: Seven hours. [2]\n\nIt rained. [3] It froze. [2]",
		},
		{
			"two conflicts",
			answer.Answer{Claims: []answer.Claim{nine, seven}, Conflicts: []answer.Conflict{conflict, {About: "So do these", Sides: conflict.Sides[:1]}}},
			"They differ\n• Mail: Nine hours. [1]\n• Courier: Seven hours. [2]\n\nSo do these\n• Mail: Nine hours. [1]",
		},
		{
			"a conflict told among the claims",
			answer.Answer{Claims: []answer.Claim{nine, seven}, Conflicts: []answer.Conflict{woven}},
			"Mail: Nine hours. [1] Courier: Seven hours. [2]",
		},
		{
			"footnotes of an article",
			answer.Answer{
				Claims:    []answer.Claim{claim("It rained.[7]", 1), claim("A [12] and [b].", 2)},
				Conflicts: []answer.Conflict{{About: "They differ", Sides: []answer.Side{{Claim: "Nine[3] hours.", Citations: []int{3}}}}},
			},
			"They differ\n• Nine(3) hours. [3]\n\nIt rained.(7) [1] A (12) and [b]. [2]",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Text(&tt.a); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}
