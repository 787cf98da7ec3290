package question

import (
	"regexp"
	"strings"

	"parley/corpus"
	"parley/retrieval/analysis"
)

// mostParts is how many questions of one message are answered.
const mostParts = 3

// joined matches two questions in one sentence, each with a word that asks.
var joined = regexp.MustCompile(`(?i)^((?:who|what|when|where|why|how|which)\b.+?),? (?:and|n|&|also) ((?:who|what|when|where|why|how)\b.+)$`)

// further matches what joins a question to the one before it, of which it need not be
// about.
var further = regexp.MustCompile(`(?i)^(?:and|also|plus|then|oh and|and also)[,\s]+`)

// leastPart is how many words a question that is joined to another has.
const leastPart = 3

// parts are the questions of a message that asks several; nil for one.
func parts(text string) []string {
	var out []string
	for _, s := range corpus.SplitSentences(&corpus.Article{Body: text}) {
		sentence := strings.TrimSpace(text[s.Start:s.End])
		if !strings.HasSuffix(strings.TrimRight(sentence, "\"'”’) "), "?") && !asksStart.MatchString(sentence) {
			return nil // it says something that the questions are about
		}
		if m := joined.FindStringSubmatch(strings.TrimRight(sentence, "?")); m != nil && enough(m[1]) && enough(m[2]) {
			out = append(out, m[1]+"?", m[2]+"?")
			continue
		}
		if len(out) > 0 {
			sentence = further.ReplaceAllString(sentence, "")
		}
		out = append(out, sentence)
	}
	if len(out) < 2 || len(out) > mostParts {
		return nil
	}
	return out
}

func enough(text string) bool { return len(analysis.Tokenize(text)) >= leastPart }
