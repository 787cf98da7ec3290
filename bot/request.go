package bot

import "time"

// Kind says what somebody wants of the bot.
type Kind string

// The kinds of request. In brackets is what a request of the kind needs beside
// ID, Kind, At, User, Place and Locale.
const (
	Ask      Kind = "ask"      // answer a question [Text; Filter, Private; Action of the answer replied to]
	Cite     Kind = "cite"     // the sentences that support or contradict a statement [Text; Private]
	Sources  Kind = "sources"  // list the articles, newest first [Text, the topic, may be empty; Private]
	Check    Kind = "check"    // check somebody's message against the articles [Text, the message]
	Complete Kind = "complete" // suggest articles for what has been typed so far [Text, may be empty]
	Press    Kind = "press"    // a button was pressed [Action]
	Submit   Kind = "submit"   // a form was sent [Action, Text]
	Thread   Kind = "thread"   // a thread was opened for an answer [Action of Reply.Thread; Place is the thread]
	Forget   Kind = "forget"   // drop the user's conversations
	Help     Kind = "help"     // how the bot is used
	About    Kind = "about"    // what the bot knows and what it stores
	Reload   Kind = "reload"   // read the articles again; managers only [Progress]
	Status   Kind = "status"   // how the bot is; managers only
	Gaps     Kind = "gaps"     // what could not be answered; managers only [Days]
)

// Request is what somebody wants, whatever network it came over. Texts in it are
// data from strangers.
type Request struct {
	ID       string // names the request in the log and, when something fails, to the user
	Kind     Kind
	At       time.Time // when it was made; the zero time means now
	User     User
	Place    Place
	Locale   string // language wanted, such as "de", "en-GB" or "es-419"; unknown ones mean English
	Text     string // question, statement, topic, message, or what was typed into a form
	Filter   Filter
	Unseen   bool // nobody else sees Text where it was entered: a public answer shows the question
	Private  bool // the user wants the reply to be seen by nobody else
	Days     int  // how far back Gaps looks; 0 means the default
	Action   Action
	Progress func(*Reply) // hears of replies on the way to the final one; may be nil. Calls do not overlap
}

// User is who makes a request.
type User struct {
	ID      string   // on the network; stored as a keyed hash only
	Name    string   // shown to managers of the corpus as who reloaded it; never stored
	Roles   []string // IDs of the roles that the user has in Place.Guild
	Manager bool     // the network lets the user manage Place.Guild
}

// Place is where a request is made.
type Place struct {
	Guild     string // ID of the server; empty in a direct message
	Channel   string // ID of the channel, thread or direct message
	Thread    bool   // Channel is a thread, whose members share one conversation
	NoThreads bool   // no thread can be opened there, by its kind or for want of a right
	Direct    bool   // Channel is a direct message
}

// takesThreads reports whether a thread can be opened for an answer there.
func (p Place) takesThreads() bool { return p.Guild != "" && !p.Thread && !p.NoThreads }

// Filter narrows a question to some articles. Empty fields do not filter.
type Filter struct {
	Article string // an ID from Complete, or words of a title
	Since   string // articles from that day on, such as 2025-12-02
	Until   string // articles up to that day
}

// Manages reports whether a request is one that only the corpus's managers may make.
func (k Kind) Manages() bool { return k == Reload || k == Status || k == Gaps }
