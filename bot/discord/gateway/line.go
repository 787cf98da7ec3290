package gateway

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"encoding/json"
	"io"
	"net"
	"sync"
	"time"
)

// The gateway's opcodes that a line looks at
// (https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-opcodes).
const (
	opReconnect      = 7
	opInvalidSession = 9
	opHello          = 10
	opHeartbeatACK   = 11
)

// maxInspected bounds the frames a line looks into, in bytes. What it looks for
// is far smaller; longer frames are events, and pass as they are, undecoded.
const maxInspected = 1024

// end is why a connection was over.
type end struct {
	code       int    // the close code Discord sent; 0 when it sent none
	reason     string // its text
	reconnect  bool   // Discord asked to connect again and resume (op 7)
	invalid    bool   // Discord no longer knows the session (op 9)
	resumeable bool   // with invalid: it can be resumed all the same
}

var _ net.Conn = (*line)(nil)

// line is a connection to the gateway that is watched from below the session,
// which does not say what it hears: close codes, heartbeat acknowledgements.
//
// On op 7 and op 9 it hangs up before the session hears of them. The session
// would deadlock on an op 7 that comes first, and answer an op 9 with an
// IDENTIFY that nobody counts.
type line struct {
	net.Conn
	in     *bufio.Reader
	framed bool   // the HTTP handshake is over
	ready  []byte // bytes that were looked at and may be read
	pass   uint64 // bytes of a long frame still to be passed on unread
	closed chan struct{}
	once   sync.Once // guards the closing of closed

	mu       sync.Mutex
	over     end
	interval time.Duration // between heartbeats, as Hello said
	heard    time.Time     // of the last acknowledgement; of Hello before the first
}

func newLine(c net.Conn) *line {
	return &line{Conn: c, in: bufio.NewReaderSize(c, maxInspected+16), closed: make(chan struct{})}
}

// Close hangs up. The session calls it when it is done with the connection,
// however that came about.
func (l *line) Close() error {
	l.once.Do(func() { close(l.closed) })
	return l.Conn.Close()
}

// Read passes on what comes in, frame by frame.
func (l *line) Read(p []byte) (int, error) {
	for len(l.ready) == 0 && l.pass == 0 {
		if err := l.next(); err != nil {
			return 0, err
		}
	}
	if len(l.ready) > 0 {
		n := copy(p, l.ready)
		l.ready = l.ready[n:]
		return n, nil
	}
	if uint64(len(p)) > l.pass {
		p = p[:l.pass]
	}
	n, err := l.in.Read(p)
	l.pass -= uint64(n)
	return n, err
}

// next reads a line of the handshake, or the start of a frame.
func (l *line) next() error {
	if !l.framed {
		row, err := l.in.ReadBytes('\n')
		l.ready = row
		l.framed = len(bytes.TrimSpace(row)) == 0
		return err
	}
	head, err := l.in.Peek(2)
	if err != nil {
		return err
	}
	size, length := 2, uint64(head[1]&0x7f)
	switch length {
	case 126:
		size = 4
	case 127:
		size = 10
	}
	if head, err = l.in.Peek(size); err != nil {
		return err
	}
	switch size {
	case 4:
		length = uint64(binary.BigEndian.Uint16(head[2:]))
	case 10:
		length = binary.BigEndian.Uint64(head[2:])
	}
	if length > maxInspected {
		l.ready = append([]byte(nil), head...)
		l.pass = length
		_, err = l.in.Discard(size)
		return err
	}
	frame := make([]byte, size+int(length))
	if _, err := io.ReadFull(l.in, frame); err != nil {
		return err
	}
	if l.inspect(frame[0]&0x0f, frame[size:]) {
		// Without a closing handshake, so that Discord keeps the session.
		_ = l.Conn.Close()
		return io.EOF
	}
	l.ready = frame
	return nil
}

// inspect notes what a frame says, and reports whether to hang up.
func (l *line) inspect(opcode byte, payload []byte) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	const text, closing = 1, 8
	switch {
	case opcode == closing && len(payload) >= 2:
		l.over.code, l.over.reason = int(binary.BigEndian.Uint16(payload)), string(payload[2:])
	case opcode == text:
		var p struct {
			Op int             `json:"op"`
			D  json.RawMessage `json:"d"`
		}
		if json.Unmarshal(payload, &p) != nil {
			return false // a fragment, or nothing the session understands either
		}
		switch p.Op {
		case opReconnect:
			l.over.reconnect = true
			return true
		case opInvalidSession:
			l.over.invalid = true
			l.over.resumeable = string(p.D) == "true"
			return true
		case opHello:
			var hello struct {
				Interval int64 `json:"heartbeat_interval"` // milliseconds
			}
			if json.Unmarshal(p.D, &hello) == nil {
				l.interval = time.Duration(hello.Interval) * time.Millisecond
			}
			l.heard = time.Now()
		case opHeartbeatACK:
			l.heard = time.Now()
		}
	}
	return false
}

// ended says why the connection was over, as far as is known.
func (l *line) ended() end {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.over
}

// silent reports for how many heartbeats nothing was acknowledged.
func (l *line) silent(now time.Time) float64 {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.interval <= 0 {
		return 0
	}
	return float64(now.Sub(l.heard)) / float64(l.interval)
}
