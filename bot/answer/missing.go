package answer

import "time"

// Missing is what an abstention can tell of why there is no answer. Each part is
// there only where it is sure.
type Missing struct {
	Parts  []string  // the questions of a message that asks several; empty for one
	Asked  Asked     // what was asked for; empty where that cannot be told
	Words  []string  // of the question, as they stand there: no article has them
	Year   int       // that the question names: no article has it, and none is of it. 0 for none
	Later  bool      // the question is of days after those of all articles
	Oldest time.Time // day of the oldest article; zero where any states none
	Newest time.Time // day of the newest one; zero where none states any
	Meant  *Reading  // the question with a name of the articles in place of one that they do not have
	Near   *Citation // the sentence that comes nearest. It does not answer, so it is none of the answer's citations
}

// Asked says what a question asks for, by the word that it asks with.
type Asked string

// What is asked for.
const (
	When     Asked = "when"
	Where    Asked = "where"
	Who      Asked = "who"
	Why      Asked = "why"
	HowMany  Asked = "how_many"
	HowMuch  Asked = "how_much"
	HowLong  Asked = "how_long"
	HowOld   Asked = "how_old"
	HowOften Asked = "how_often"
)

// Reading is one way to understand a question.
type Reading struct {
	Name     string // what tells it from the others, such as a full name
	Question string // the question that asks just this
}
