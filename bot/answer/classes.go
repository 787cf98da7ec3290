package answer

import (
	"strings"

	"parley/retrieval/analysis"
)

// class is what a word of the corpus can be part of, as bits.
type class uint16

const (
	isNumber    class = 1 << iota // digits or a number word
	isYear                        // 1000 to 2100
	isClock                       // 16:30
	isMonth                       // January or Jan
	isWeekday                     // Tuesday
	isTimeUnit                    // hours
	isDayPart                     // night, midnight, today
	isCurrency                    // dollars
	isPercent                     // % or percent
	isName                        // mostly written with a capital
	isNegation                    // not, no, never
	isDispute                     // disputes, denied
	isMagnitude                   // million
)

var classWords = []struct {
	class class
	words map[string]bool
}{
	{isMonth, set("january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec")},
	{isWeekday, set("monday tuesday wednesday thursday friday saturday sunday")},
	{isTimeUnit, timeUnits},
	{isDayPart, set("today yesterday tomorrow tonight morning afternoon evening night midnight noon gmt utc week month year earlier later")},
	{isCurrency, set("dollar dollars euro euros pound pounds ruble rubles rouble roubles yen yuan rupee rupees franc francs crowns krona kronor krone kroner zloty zlotys forint forints liras shekel shekels pesos dinars dirham dirhams hryvnia hryvnias baht usd eur gbp cent cents")},
	{isPercent, set("percent percentage")},
	{isNegation, set("no not never none nothing nobody neither nor without isn't aren't wasn't weren't don't doesn't didn't hasn't haven't hadn't can't cannot couldn't won't wouldn't deny denies denied dispute disputes disputed reject rejects rejected refuse refuses refused fail fails failed unwilling unlikely false")},
	{isDispute, set("deny denies denied denying dispute disputes disputed disputing reject rejects rejected rejecting refute refutes refuted contradict contradicts contradicted contest contests contested false untrue unwilling")},
	{isMagnitude, set("hundred hundreds thousand thousands million millions billion billions trillion dozen dozens half third quarter fifth")},
}

// classify returns the classes of every word of an analyzed corpus.
func classify(fwd *analysis.Forward) []class {
	out := make([]class, len(fwd.Words))
	for i := range fwd.Words {
		out[i] = classOf(fwd.Words[i].Text, fwd.Words[i].Upper*2 > fwd.Words[i].Count)
	}
	return out
}

// classOf returns the classes of one folded word. capital tells that it is
// mostly written with one.
func classOf(word string, capital bool) class {
	var c class
	if word[0] >= '0' && word[0] <= '9' {
		c |= isNumber
		if strings.IndexByte(word, ':') > 0 {
			c |= isClock
		}
		if len(word) == 4 && strings.Trim(word, "0123456789") == "" && (word[0] == '1' || word[0] == '2' && word[1] <= '1') {
			c |= isYear
		}
		return c
	}
	if base := analysis.Base(word); base != word && base[0] >= '0' && base[0] <= '9' {
		c |= isNumber
	}
	for _, k := range classWords {
		if k.words[word] {
			c |= k.class
		}
	}
	if capital && !analysis.IsStop(word) {
		c |= isName
	}
	return c
}
