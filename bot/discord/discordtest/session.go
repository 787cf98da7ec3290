package discordtest

import (
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"github.com/gorilla/websocket"
)

// session is a gateway session, which outlives its connection for a RESUME.
// d.mu guards it.
type session struct {
	id      string
	shard   [2]int
	intents int
	seq     int
	events  []event // that can be replayed, oldest first
	replay  int     // how many of them are kept at most
	conn    *conn   // nil between connections
	dead    bool
}

// end makes a session one that cannot be resumed.
func (s *session) end() { s.dead, s.events = true, nil }

type event struct {
	seq  int
	name string
	data json.RawMessage
}

const (
	maxReplay   = 2048 // events kept per session, unless Options.Keep is small
	maxSessions = 64
)

// identify is what op 2 carries.
type identify struct {
	Token      string            `json:"token"`
	Intents    *int              `json:"intents"`
	Shard      *[2]int           `json:"shard"`
	Properties map[string]string `json:"properties"`
	Compress   bool              `json:"compress"`
}

type resume struct {
	Token     string `json:"token"`
	SessionID string `json:"session_id"`
	Seq       int    `json:"seq"`
}

// handle takes one packet of the bot. A code other than 0 closes.
func (c *conn) handle(kind int, b []byte) (code int, reason string) {
	var p struct {
		Op   *int            `json:"op"`
		Data json.RawMessage `json:"d"`
	}
	bad := func(code int, reason, detail string) (int, string) {
		c.d.violate(RuleGateway, "gateway", "%s", detail)
		return code, reason
	}
	if kind != websocket.TextMessage || json.Unmarshal(b, &p) != nil || p.Op == nil {
		return bad(closeDecode, "Error while decoding payload.", "a packet that is no JSON with an op")
	}
	switch *p.Op {
	case opHeartbeat:
		c.beat = time.Now()
		if !c.d.gateway.noAcks {
			c.send(opAck, nil)
		}
		return 0, ""
	case opIdentify, opResume:
		if c.session != nil {
			return bad(closeAlready, "Already authenticated.", fmt.Sprintf("op %d on a connection that has a session", *p.Op))
		}
		if *p.Op == opIdentify {
			return c.identify(p.Data)
		}
		return c.resume(p.Data)
	case opPresence, opVoice, opMembers:
		if c.session == nil {
			return bad(closeNotIdentified, "Not authenticated.", fmt.Sprintf("op %d before IDENTIFY", *p.Op))
		}
		return 0, ""
	}
	return bad(closeUnknownOp, "Unknown opcode.", fmt.Sprintf("op %d", *p.Op))
}

// ends gives up a connection's session where its close code does.
func (d *Discord) ends(c *conn, code int) {
	if c.session != nil && (fatal(code) || code == closeTimeout || code == closeInvalidSeq) {
		c.session.end()
	}
	if fatal(code) {
		d.gateway.fatalClose[fmt.Sprintf("close code %d", code)] = struct{}{}
	}
}

// knownIntents are the bits of intents that exist.
const knownIntents = 1<<0 | 1<<1 | 1<<2 | 1<<3 | 1<<4 | 1<<5 | 1<<6 | 1<<7 | 1<<8 | 1<<9 | 1<<10 | 1<<11 | 1<<12 |
	1<<13 | 1<<14 | 1<<15 | 1<<16 | 1<<20 | 1<<21 | 1<<24 | 1<<25

// privileged are the intents that must be switched on for the application.
const privileged = IntentMembers | IntentPresences | IntentMessageContent

// identifyEvery is how long each place of max_concurrency is taken.
const identifyEvery = 5 * time.Second

func (c *conn) identify(data json.RawMessage) (int, string) {
	d, g := c.d, &c.d.gateway
	var in identify
	violate := func(rule, format string, args ...any) { d.violate(rule, "gateway IDENTIFY", format, args...) }
	if err := json.Unmarshal(data, &in); err != nil {
		violate(RuleIdentify, "%v", err)
		return closeDecode, "Error while decoding payload."
	}
	if in.Token != d.opts.Token && in.Token != "Bot "+d.opts.Token {
		violate(RuleAuth, "not the bot's token")
		return closeAuthentication, "Authentication failed."
	}
	if len(in.Properties) == 0 {
		violate(RuleIdentify, "no properties")
	}
	c.deflate = in.Compress
	if in.Intents == nil || *in.Intents&^knownIntents != 0 {
		violate(RuleIdentify, "intents missing or unknown")
		return closeInvalidIntents, "Invalid intent(s)."
	}
	if extra := *in.Intents & privileged &^ d.opts.Privileged; extra != 0 {
		violate(RuleIntents, "%#x are privileged and not switched on", extra)
		return closeDisallowed, "Disallowed intent(s)."
	}
	shard := [2]int{0, 1}
	if in.Shard != nil {
		shard = *in.Shard
	}
	if shard[0] < 0 || shard[0] >= shard[1] {
		violate(RuleIdentify, "shard %v", shard)
		return closeInvalidShard, "Invalid shard."
	}
	now := time.Now()
	for len(g.identified) > 0 && now.Sub(g.identified[0]) > 24*time.Hour {
		g.identified = g.identified[1:]
	}
	if g.identified = append(g.identified, now); len(g.identified) > d.opts.Identifies {
		violate(RuleIdentify, "more than %d a day: Discord resets the token", d.opts.Identifies)
		return closeAuthentication, "Authentication failed."
	}
	place := shard[0] % d.opts.MaxConcurrency
	if last, ok := g.recent[place]; ok && now.Sub(last) < identifyEvery {
		violate(RuleIdentify, "%s after the one before, max_concurrency is %d", now.Sub(last).Round(time.Millisecond), d.opts.MaxConcurrency)
		c.send(opInvalidSession, false)
		return 0, ""
	}
	g.recent[place] = now
	if c.refused() {
		return 0, ""
	}
	c.begin(shard, *in.Intents)
	return 0, ""
}

// begin makes a session on the connection and sends what it begins with.
func (c *conn) begin(shard [2]int, intents int) {
	d, g := c.d, &c.d.gateway
	s := &session{id: d.id(), shard: shard, intents: intents, replay: maxReplay}
	if d.opts.Keep > 0 {
		s.replay = min(s.replay, 4*d.opts.Keep)
	}
	g.sessions[s.id] = s
	if g.order = append(g.order, s.id); len(g.order) > maxSessions {
		delete(g.sessions, g.order[0])
		g.order = g.order[1:]
	}
	s.conn, c.session = c, s
	if c.op7First() {
		return
	}
	s.dispatch("READY", d.ready(s))
	for _, guild := range d.guilds {
		if guild.hasBot && s.wants(guild, intentGuilds) {
			s.dispatch("GUILD_CREATE", marshal(guild.payload()))
		}
	}
	d.changed.wake()
}

// refused answers with op 9 where a test wants it.
func (c *conn) refused() bool {
	g := &c.d.gateway
	if len(g.refuse) == 0 {
		return false
	}
	resumable := g.refuse[0]
	g.refuse = g.refuse[1:]
	c.send(opInvalidSession, resumable)
	return true
}

// op7First sends op 7 instead of what should come first.
func (c *conn) op7First() bool {
	g := &c.d.gateway
	if g.op7First == 0 {
		return false
	}
	g.op7First--
	c.leaving = true
	c.send(opReconnect, nil)
	return true
}

func (c *conn) resume(data json.RawMessage) (int, string) {
	d, g := c.d, &c.d.gateway
	var in resume
	if err := json.Unmarshal(data, &in); err != nil {
		d.violate(RuleGateway, "gateway RESUME", "%v", err)
		return closeDecode, "Error while decoding payload."
	}
	if in.Token != d.opts.Token && in.Token != "Bot "+d.opts.Token {
		d.violate(RuleAuth, "gateway RESUME", "not the bot's token")
		return closeAuthentication, "Authentication failed."
	}
	if c.refused() {
		return 0, ""
	}
	s := g.sessions[in.SessionID]
	if s != nil && in.Seq > s.seq {
		d.violate(RuleGateway, "gateway RESUME", "seq %d, the last was %d", in.Seq, s.seq)
		s.end()
		return closeInvalidSeq, "Invalid seq."
	}
	if s == nil || s.dead || len(s.events) > 0 && in.Seq < s.events[0].seq-1 {
		c.send(opInvalidSession, false)
		return 0, ""
	}
	if old := s.conn; old != nil && old != c {
		old.session = nil
		old.closeLater(4000, "resumed elsewhere")
	}
	s.conn, c.session = c, s
	if c.op7First() {
		return 0, ""
	}
	g.resumes++
	for _, e := range s.events {
		if e.seq > in.Seq {
			c.queue(packet{Op: opDispatch, Data: e.data, Seq: &e.seq, Type: e.name})
		}
	}
	s.dispatch("RESUMED", marshal(object{"_trace": []any{}}))
	d.changed.wake()
	return 0, ""
}

func (d *Discord) ready(s *session) json.RawMessage {
	guilds := []any{}
	for _, g := range d.guilds {
		if g.hasBot && s.serves(g) {
			guilds = append(guilds, object{"id": g.ID, "unavailable": true})
		}
	}
	return marshal(object{
		"v": 10, "user": d.bot.payload(), "guilds": guilds, "session_id": s.id, "resume_gateway_url": d.gatewayURL(),
		"shard": s.shard, "application": object{"id": d.appID, "flags": d.applicationFlags()},
		"private_channels": []any{}, "_trace": []any{},
	})
}

// serves says whether a server, nil for what is private, is the session's
// shard's.
func (s *session) serves(g *Guild) bool {
	if g == nil {
		return s.shard[0] == 0
	}
	id, err := strconv.ParseUint(g.ID, 10, 64)
	return err == nil && int(id>>22%uint64(s.shard[1])) == s.shard[0]
}

func (s *session) wants(g *Guild, intent int) bool {
	return !s.dead && s.serves(g) && (intent == 0 || s.intents&intent != 0)
}

// dispatch sends an event, or keeps it for the RESUME.
func (s *session) dispatch(name string, data json.RawMessage) {
	s.seq++
	e := event{s.seq, name, data}
	if s.events = append(s.events, e); len(s.events) > s.replay {
		s.events = append([]event(nil), s.events[s.replay/2:]...)
	}
	if s.conn != nil && !s.conn.leaving {
		s.conn.queue(packet{Op: opDispatch, Data: e.data, Seq: &e.seq, Type: e.name})
	}
}

// dispatch sends an event to all sessions that want it, and counts those that
// are connected and those that can get it by a RESUME. Callers hold d.mu.
func (d *Discord) dispatch(g *Guild, intent int, name string, data func(intents int) object) (live, waiting int) {
	for _, id := range d.gateway.order {
		s := d.gateway.sessions[id]
		if !s.wants(g, intent) {
			continue
		}
		s.dispatch(name, marshal(data(s.intents)))
		if s.conn != nil && !s.conn.leaving && !d.gateway.silent {
			live++
		} else {
			waiting++
		}
	}
	return live, waiting
}
