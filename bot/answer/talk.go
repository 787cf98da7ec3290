package answer

// Talk is what a message of small talk is about.
type Talk string

// The talks.
const (
	TalkHello  Talk = "hello"
	TalkThanks Talk = "thanks"
	TalkBye    Talk = "bye"
	TalkOk     Talk = "ok"
	TalkWho    Talk = "who"   // who or what the bot is
	TalkMaker  Talk = "maker" // who made it
	TalkHow    Talk = "how"   // how it works
	TalkTrust  Talk = "trust" // whether it can be trusted
)
