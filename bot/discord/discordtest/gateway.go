package discordtest

import (
	"bytes"
	"compress/zlib"
	"encoding/json"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// Gateway opcodes.
const (
	opDispatch       = 0
	opHeartbeat      = 1
	opIdentify       = 2
	opPresence       = 3
	opVoice          = 4
	opResume         = 6
	opReconnect      = 7
	opMembers        = 8
	opInvalidSession = 9
	opHello          = 10
	opAck            = 11
)

// Close codes.
const (
	closeGoingAway      = 1001
	closeUnknownOp      = 4001
	closeDecode         = 4002
	closeNotIdentified  = 4003
	closeAuthentication = 4004
	closeAlready        = 4005
	closeInvalidSeq     = 4007
	closeRateLimited    = 4008
	closeTimeout        = 4009
	closeInvalidShard   = 4010
	closeInvalidVersion = 4012
	closeInvalidIntents = 4013
	closeDisallowed     = 4014
)

// fatal says whether a close code forbids to come back.
func fatal(code int) bool {
	return code == closeAuthentication || code >= closeInvalidShard && code <= closeDisallowed
}

// gateway is the state of the websocket side. d.mu guards it.
type gateway struct {
	conns      map[*conn]bool
	sessions   map[string]*session
	order      []string            // IDs of sessions, oldest first
	identified []time.Time         // of the last day
	recent     map[int]time.Time   // last IDENTIFY by shard modulo max_concurrency
	resumes    int                 // RESUMEs that succeeded
	opened     int                 // connections so far
	op7First   int                 // how many next sessions get op 7 as first packet
	refuse     []bool              // answers to the next RESUMEs and IDENTIFYs: op 9 with this
	noAcks     bool                // heartbeats are not acknowledged
	silent     bool                // nothing at all is sent
	fatalClose map[string]struct{} // reasons for which the bot must not come back
}

func (g *gateway) init() {
	g.conns, g.sessions = map[*conn]bool{}, map[string]*session{}
	g.recent, g.fatalClose = map[int]time.Time{}, map[string]struct{}{}
}

func (g *gateway) all() []*conn {
	var out []*conn
	for c := range g.conns {
		out = append(out, c)
	}
	return out
}

// conn is one websocket connection.
type conn struct {
	d    *Discord
	ws   *websocket.Conn
	out  chan frame
	quit chan struct{} // closed when nothing more is to be sent
	done chan struct{} // closed when the connection has ended
	once sync.Once

	// Guarded by d.mu.
	session *session
	sends   []time.Time // of the bot, of the last minute
	beat    time.Time   // of its last heartbeat
	leaving bool        // it was told to go
	deflate bool        // it asked for compressed packets
}

// frame is a message of the websocket, of its kind.
type frame struct {
	kind int
	data []byte
}

// packet is what goes over the wire.
type packet struct {
	Op   int             `json:"op"`
	Data json.RawMessage `json:"d"`
	Seq  *int            `json:"s,omitempty"`
	Type string          `json:"t,omitempty"`
}

// maxQueue bounds what waits for a bot that does not read.
const maxQueue = 8192

func (d *Discord) serveGateway(w http.ResponseWriter, r *http.Request) {
	upgrader := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
	ws, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return // Upgrade has answered
	}
	ws.SetReadLimit(4096) // Discord's limit for what clients send
	c := &conn{
		d: d, ws: ws, out: make(chan frame, maxQueue), quit: make(chan struct{}), done: make(chan struct{}),
		beat: time.Now(),
	}
	d.mu.Lock()
	if d.closed {
		d.mu.Unlock()
		_ = ws.Close()
		return
	}
	d.gateway.conns[c] = true
	d.gateway.opened++
	for reason := range d.gateway.fatalClose {
		d.violate(RuleFatalClose, "gateway", "a new connection after %s", reason)
	}
	q := r.URL.Query()
	if v := q.Get("v"); v != "9" && v != "10" {
		d.violate(RuleGateway, "gateway", "version %q", v)
		c.closeLater(closeInvalidVersion, "Invalid API version")
	}
	if q.Get("encoding") != "json" || q.Get("compress") != "" {
		d.violate(RuleGateway, "gateway", "encoding %q, compress %q: only JSON without a compressed stream is spoken here", q.Get("encoding"), q.Get("compress"))
	}
	c.send(opHello, object{"heartbeat_interval": d.opts.Heartbeat.Milliseconds(), "_trace": []any{}})
	d.mu.Unlock()

	var wg sync.WaitGroup
	wg.Go(c.write)
	wg.Go(c.watch)
	c.read()
	c.close(websocket.CloseNormalClosure, "")
	wg.Wait()
	_ = ws.Close()
	d.mu.Lock()
	delete(d.gateway.conns, c)
	if c.session != nil && c.session.conn == c {
		c.session.conn = nil
	}
	if !c.leaving {
		d.excuse(inFlight) // the bot left by itself, what was under way it cannot have seen
	}
	d.changed.wake()
	d.mu.Unlock()
	close(c.done)
}

// excuse marks the interactions of the time before now as lost with a
// connection, unless they are acknowledged. Callers hold d.mu.
func (d *Discord) excuse(before time.Duration) {
	for _, token := range slices.Backward(d.asked) {
		it := d.interactions[token]
		if time.Since(it.sent) > before {
			break
		}
		if !it.acked {
			it.lost = true
		}
	}
}

// send queues a packet. Callers hold d.mu.
func (c *conn) send(op int, data any) { c.queue(packet{Op: op, Data: marshal(data)}) }

func (c *conn) queue(p packet) {
	if c.d.gateway.silent {
		return
	}
	f := frame{websocket.TextMessage, marshal(p)}
	// Discord compresses what is large, each packet for itself.
	const large = 1024
	if c.deflate && len(f.data) > large {
		f = frame{websocket.BinaryMessage, deflate(f.data)}
	}
	select {
	case c.out <- f:
	default: // it does not read: Discord would close as well
		c.closeLater(closeTimeout, "too slow")
	}
}

func deflate(b []byte) []byte {
	var out bytes.Buffer
	w := zlib.NewWriter(&out)
	_, _ = w.Write(b) // a buffer takes all
	_ = w.Close()
	return out.Bytes()
}

// closeLater closes without waiting, for callers that hold d.mu.
func (c *conn) closeLater(code int, reason string) {
	c.leaving = true
	go c.close(code, reason)
}

// close ends the connection with a close code, or by a reset when it is 0.
func (c *conn) close(code int, reason string) {
	c.once.Do(func() {
		if code == 0 {
			breakOff(c.ws.NetConn())
		} else {
			deadline := time.Now().Add(time.Second)
			_ = c.ws.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(code, reason), deadline)
			// The client answers with its own close frame; not for ever.
			_ = c.ws.SetReadDeadline(deadline)
		}
		close(c.quit)
	})
}

func (c *conn) write() {
	for {
		select {
		case f := <-c.out:
			_ = c.ws.SetWriteDeadline(time.Now().Add(10 * time.Second))
			if c.ws.WriteMessage(f.kind, f.data) != nil {
				return // the reader sees it too
			}
		case <-c.quit:
			return
		}
	}
}

// watch closes a connection that does not beat.
func (c *conn) watch() {
	tick := time.NewTicker(c.d.opts.Heartbeat / 2)
	defer tick.Stop()
	for {
		select {
		case <-c.quit:
			return
		case <-tick.C:
		}
		c.d.mu.Lock()
		late := time.Since(c.beat) > 2*c.d.opts.Heartbeat+time.Second
		if late && !c.leaving {
			c.d.violate(RuleHeartbeat, "gateway", "none for %s", time.Since(c.beat).Round(time.Millisecond))
		}
		c.d.mu.Unlock()
		if late {
			c.close(closeTimeout, "Session timed out.")
		}
	}
}

// read handles what the bot sends until the connection ends.
func (c *conn) read() {
	for {
		kind, b, err := c.ws.ReadMessage()
		if err != nil {
			c.ended(err)
			return
		}
		c.d.mu.Lock()
		if !c.countSend() {
			c.d.violate(RuleGatewaySends, "gateway", "more than %d in a minute", maxSends)
			c.closeLater(closeRateLimited, "You are being rate limited.")
		} else if code, reason := c.handle(kind, b); code != 0 {
			c.closeLater(code, reason)
			c.d.ends(c, code)
		}
		c.d.mu.Unlock()
	}
}

// ended notes how the bot left: 1000 and 1001 end its session.
func (c *conn) ended(err error) {
	c.d.mu.Lock()
	defer c.d.mu.Unlock()
	if !c.leaving && c.session != nil &&
		websocket.IsCloseError(err, websocket.CloseNormalClosure, websocket.CloseGoingAway) {
		c.session.end()
	}
}

// The rule of what a client may send.
const (
	maxSends   = 120
	sendWindow = time.Minute
)

func (c *conn) countSend() bool {
	now := time.Now()
	for len(c.sends) > 0 && now.Sub(c.sends[0]) > sendWindow {
		c.sends = c.sends[1:]
	}
	c.sends = append(c.sends, now)
	return len(c.sends) <= maxSends
}
