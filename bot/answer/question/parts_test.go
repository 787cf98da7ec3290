package question

import (
	"slices"
	"testing"

	"parley/bot/answer"
)

// TestPartsAsTyped guards which messages ask several things, as people type them.
func TestPartsAsTyped(t *testing.T) {
	who, when := "Who won the vote?", "When did it end?"
	for message, want := range map[string][]string{
		"who won the vote\nwhen did it end":                                 {who, when},
		"Who won the vote?\n\nAlso: when did it end?":                       {who, when},
		"Who won the vote and also when did it end?":                        {who, when},
		"who won the vote?? also when did it end":                           {who, when},
		"1. Who won the vote?\n2. When did it end?":                         {who, when},
		"1) who won the vote 2) when did it end":                            {who, when},
		"a) Who won the vote b) when did it end":                            {who, when},
		"Q1: Who won the vote? Q2: When did it end?":                        {who, when},
		"- who won the vote\n- when did it end":                             {who, when},
		"First, who won the vote? Second, when did it end?":                 {who, when},
		"Hi! Two questions: who won the vote? and when did it end? thanks!": {who, when},
		"I have two questions. 1. Who won the vote? 2. When did it end?":    {who, when},
		"Who won the vote; when did it end?":                                {who, when},
		"Who won the vote / when did it end?":                               {who, when},
		"Tell me who won the vote & when did it end?":                       {who, when},
		"Who won the vote? Oh and when did it end?":                         {who, when},
		"Who won the vote and when?":                                        {who, "When?"},
		"Who won the vote, and by how much?":                                {who, "By how much?"},
		"Did Quill agree, and what did he say?":                             {"Did Quill agree?", "What did he say?"},
		"Was a deal reached and did Quill agree to it?":                     {"Was a deal reached?", "Did Quill agree to it?"},
		"What did Holm and Quill want and who disagreed?":                   {"What did Holm and Quill want?", "Who disagreed?"},
		"When did it start, how long was it, and who won the vote?":         {"When did it start?", "How long was it?", who},
		"Summarize the talks and tell me who attended":                      {"Summarize the talks", "Who attended?"},

		"does Holm want a strike? does Quill?":      {"Does Holm want a strike?", "Does Quill want a strike?"},
		"Did Holm agree to it and did Quill?":       {"Did Holm agree to it?", "Did Quill agree to it?"},
		"Is Holm aboard? And is Anna Quill?":        {"Is Holm aboard?", "Is Anna Quill aboard?"},
		"Does Holm sing? Does Quill dance?":         {"Does Holm sing?", "Does Quill dance?"},
		"What did Holm say and when did he say it?": {"What did Holm say?", "When did he say it?"},
		"Who met whom and when?":                    {"Who met whom?", "When?"},

		"What did Holm say and how the ferry was lost?": nil,
		"What did Holm say and when Quill was there?":   nil,
		"Who won?":                                          nil,
		"What happened between Holm and Quill?":             nil,
		"When and where did they meet?":                     nil,
		"What did Holm say about Quill and what he wants?":  nil,
		"Who said that the strike ends and when it begins?": nil,
		"Which ministers know when and where it starts?":    nil,
		"Who is Quill, who leads the strike?":               nil,
		"When he arrived, who was there?":                   nil,
		"When the ferry was late, how was it told?":         nil,
		"Who came and did the work?":                        nil,
		"Nobody knows who won and who lost?":                nil,
		"The ferry was late. Why? And who was aboard?":      nil,
	} {
		if got := Read(answer.Question{Text: message}).Parts; !slices.Equal(got, want) {
			t.Errorf("%q: got %q, want %q", message, got, want)
		}
	}
}
