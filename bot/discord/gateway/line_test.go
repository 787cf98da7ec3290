package gateway

import (
	"encoding/binary"
	"io"
	"net"
	"strings"
	"testing"
	"time"
)

// frame writes an unmasked websocket frame, as a server does.
func frame(opcode byte, payload string) []byte {
	out := []byte{0x80 | opcode}
	switch n := len(payload); {
	case n < 126:
		out = append(out, byte(n))
	case n < 1<<16:
		out = binary.BigEndian.AppendUint16(append(out, 126), uint16(n))
	default:
		out = binary.BigEndian.AppendUint64(append(out, 127), uint64(n))
	}
	return append(out, payload...)
}

const handshake = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n"

// TestLinePassesBytes guards that a line changes nothing of what the session
// reads, whatever the sizes of frames and reads.
func TestLinePassesBytes(t *testing.T) {
	want := []byte(handshake)
	for _, n := range []int{0, 1, 125, 126, maxInspected - 1, maxInspected, maxInspected + 1, 4096, 70_000, 3} {
		want = append(want, frame(1, strings.Repeat("x", n))...)
	}
	want = append(want, frame(9, "ping")...)
	for _, size := range []int{1, 7, 4096, 1 << 20} {
		server, client := net.Pipe()
		go func() {
			_, _ = server.Write(want)
			_ = server.Close()
		}()
		got, err := io.ReadAll(struct{ io.Reader }{onlyReads{newLine(client), size}})
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != string(want) {
			t.Errorf("reads of %d: got %d bytes, want %d, or others", size, len(got), len(want))
		}
	}
}

// onlyReads reads at most size bytes at a time.
type onlyReads struct {
	r    io.Reader
	size int
}

func (o onlyReads) Read(p []byte) (int, error) { return o.r.Read(p[:min(len(p), o.size)]) }

func TestLineHears(t *testing.T) {
	for _, tt := range []struct {
		name   string
		frames []byte
		want   end
		passed int // frames' bytes that reach the session
	}{
		{"close code", frame(8, "\x0f\xa4Authentication failed."), end{code: 4004, reason: "Authentication failed."}, 26},
		{"op 7", append(frame(1, `{"op":11}`), frame(1, `{"t":null,"s":null,"op":7,"d":null}`)...), end{reconnect: true}, 11},
		{"op 9, resumable", frame(1, `{"op":9,"d":true}`), end{invalid: true, resumeable: true}, 0},
		{"op 9", frame(1, `{"op":9,"d":false}`), end{invalid: true}, 0},
		{"text that looks like it", frame(1, `{"op":0,"t":"MESSAGE_CREATE","d":{"content":"{\"op\":7}"}}`), end{}, 60},
		{"no JSON", frame(1, `op 7`), end{}, 6},
	} {
		t.Run(tt.name, func(t *testing.T) {
			server, client := net.Pipe()
			go func() {
				_, _ = server.Write(append([]byte(handshake), tt.frames...))
				_ = server.Close()
			}()
			l := newLine(client)
			got, _ := io.ReadAll(l)
			if n := len(got) - len(handshake); n != tt.passed {
				t.Errorf("%d bytes reach the session, want %d", n, tt.passed)
			}
			if l.ended() != tt.want {
				t.Errorf("got %+v, want %+v", l.ended(), tt.want)
			}
		})
	}
}

func TestLineCountsSilence(t *testing.T) {
	server, client := net.Pipe()
	l := newLine(client)
	go func() { _, _ = io.Copy(io.Discard, l) }()
	if got := l.silent(time.Now().Add(time.Hour)); got != 0 {
		t.Errorf("silent for %v heartbeats before any was due", got)
	}
	for _, b := range [][]byte{[]byte(handshake), frame(1, `{"op":10,"d":{"heartbeat_interval":40000}}`), frame(1, `{"op":11}`), frame(9, "")} {
		if _, err := server.Write(b); err != nil {
			t.Fatal(err)
		}
	}
	if got := l.silent(time.Now().Add(100 * time.Second)); got < 2.4 || got > 2.6 {
		t.Errorf("silent for %v heartbeats, want 2.5", got)
	}
	_ = server.Close()
}
