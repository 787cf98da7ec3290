package question

// Bare is a message without what chat adds to it, to tell the language of what it asks.
func Bare(message string) string { return unchatted(Tidy(message, maxQuestionRunes)) }
