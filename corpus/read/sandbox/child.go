package sandbox

import (
	"bufio"
	"bytes"
	"context"
	"encoding/binary"
	"encoding/gob"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"runtime/metrics"
	"time"

	"parley/corpus/read/document"
	"parley/corpus/read/limit"
)

// The exit codes of a child.
const (
	exitRead   = 0 // what was read, or the reader's error, has been sent
	exitBroken = 1 // the parent has gone
	exitMemory = 7 // the file takes too much memory
	exitTime   = 8 // the file takes too much time
)

// maxStack is how deep recursion may go, in bytes of stack, of which a call takes
// some two hundred. The default of 1 GB is more than a file may take in all.
const maxStack = 48 << 20

// child reads one file from in and writes what it holds to out.
func child(in io.Reader, out io.Writer, read Reader) int {
	j, data, err := receiveJob(in)
	if err != nil {
		return exitBroken
	}
	debug.SetMaxStack(maxStack)
	debug.SetMemoryLimit(j.Limits.Memory / 4 * 3) // collects more often above
	confine(j.Limits)
	go watchMemory(j.Limits.Memory)
	go endWith(in)
	m := limit.NewApart(context.Background(), j.Limits)
	defer m.OnThread()()
	go watchTime(m)
	o, documents := try(m, j.Kind, data, read)
	if err := send(out, o, documents); err != nil {
		return exitBroken
	}
	return exitRead
}

// watchTime ends the process when its file has had its time, for parsers that do not
// look at the clock themselves.
func watchTime(m *limit.Meter) {
	for {
		left := m.Left()
		if left <= -late {
			os.Exit(exitTime) //nolint:forbidigo // whoever takes it does not look up
		}
		time.Sleep(max(left+late, look))
	}
}

// late is how long a reader that looks at the clock has to say so itself.
const late = 100 * time.Millisecond

func receiveJob(in io.Reader) (j job, data []byte, err error) {
	var size [4]byte
	if _, err := io.ReadFull(in, size[:]); err != nil {
		return j, nil, err
	}
	head := make([]byte, min(binary.LittleEndian.Uint32(size[:]), 1<<16))
	if _, err := io.ReadFull(in, head); err != nil {
		return j, nil, err
	}
	if err := gob.NewDecoder(bytes.NewReader(head)).Decode(&j); err != nil {
		return j, nil, err
	}
	data = make([]byte, j.Bytes)
	_, err = io.ReadFull(in, data)
	return j, data, err
}

// try reads, and makes an error of a panic.
func try(m *limit.Meter, kind string, data []byte, read Reader) (o outcome, documents []*document.Document) {
	defer func() {
		if p := recover(); p != nil {
			o, documents = outcome{Err: &failure{Text: fmt.Sprintf("cannot be read: its reader failed: %.200s", fmt.Sprint(p))}}, nil
		}
	}()
	documents, notes, err := read(m, kind, data)
	o = outcome{Documents: len(documents), Notes: notes}
	if err != nil {
		o = outcome{Err: &failure{Text: err.Error(), Limit: errors.Is(err, limit.ErrLimit)}}
		if located, ok := errors.AsType[*document.LineError](err); ok {
			o.Err.Line = located.Line
		}
		return o, nil
	}
	return o, documents
}

func send(out io.Writer, o outcome, documents []*document.Document) error {
	w := bufio.NewWriterSize(out, 1<<16)
	enc := gob.NewEncoder(w)
	if err := enc.Encode(o); err != nil {
		return err
	}
	for _, d := range documents {
		if err := enc.Encode(d); err != nil {
			return err
		}
	}
	return w.Flush()
}

// endWith ends the process when the other end of in is closed: the parent has
// died, or wants no more.
func endWith(in io.Reader) {
	_, _ = io.Copy(io.Discard, in)
	os.Exit(exitBroken) //nolint:forbidigo // nobody waits for what it does
}

// look is how often memory is looked at. Allocating takes a second for some
// gigabytes.
const look = 4 * time.Millisecond

// watchMemory ends the process when it has more than it may.
func watchMemory(most int64) {
	samples := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	for {
		metrics.Read(samples)
		if has := samples[0].Value.Uint64() - samples[1].Value.Uint64(); has > uint64(most) { //nolint:gosec // most is above 0
			os.Exit(exitMemory) //nolint:forbidigo // whoever takes it does not look up
		}
		time.Sleep(look)
	}
}
