package library

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// fileName is the one file that a folder of snapshots holds.
const fileName = "snapshot.parley"

// WorthSaving is the size of what was read, in bytes, from which a snapshot on
// disk is worth it: building from less takes half a second.
const WorthSaving = 2 << 20

// Kind is what [Open] found.
type Kind int

// The kinds of state that a saved snapshot can be in.
const (
	Missing   Kind = iota // there is none
	Stale                 // it is of other articles, options or of another version of parley
	Damaged               // it cannot be read
	Usable                // it was opened
	Unchanged             // the live snapshot is of the same articles: nothing was opened
)

// State is what was found, and for all but Usable and Unchanged why it is not used.
type State struct {
	Kind   Kind
	Reason string
}

// Save writes what is needed to make the snapshot again to a file in dir, which
// it makes if need be: of the embedder's vectors all that are known by now, also
// when some are missing. Whoever reads finds either the old file or the new one
// whole, also when two processes write at once or one dies.
func Save(dir string, s *Snapshot) error {
	data, err := encode(s, program())
	if err != nil {
		return fmt.Errorf("encode snapshot: %w", err)
	}
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return fmt.Errorf("save snapshot: %w", err)
	}
	if err := replace(filepath.Join(dir, fileName), data); err != nil {
		return fmt.Errorf("save snapshot: %w", err)
	}
	tidy(dir)
	return nil
}

// replace writes a file by way of a temporary one beside it.
func replace(path string, data []byte) (err error) {
	f, err := create(filepath.Dir(path))
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(f.Name()))
		}
	}()
	if _, err = f.Write(data); err == nil {
		err = f.Sync()
	}
	if err != nil {
		return errors.Join(err, f.Close())
	}
	if err = rename(f, path); err != nil {
		return err
	}
	return syncDir(filepath.Dir(path))
}

// syncDir makes a rename last. Windows neither needs nor allows it.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	err = d.Sync()
	if errors.Is(err, fs.ErrInvalid) || errors.Is(err, fs.ErrPermission) {
		err = nil
	}
	return errors.Join(err, d.Close())
}

// Open makes the snapshot in dir again if it is of the articles with this
// fingerprint and of these options. Otherwise the snapshot is nil and the state
// says why. It asks no embedder: where vectors of it are not saved, the snapshot
// is a degraded one. The error is for work that was cancelled.
func Open(ctx context.Context, dir, fingerprint string, opts Options, progress Progress) (*Snapshot, State, error) {
	return open(ctx, dir, fingerprint, &opts, newMaterial(), embedLater, progress.locked())
}

// readSnapshot reads a file that is a snapshot by its kind, its header and its size: a
// pipe or a device in its place would never end, and another file may not fit into
// memory. Where the header is none, it is all that is returned, for decodeFile to judge.
func readSnapshot(path string) (_ []byte, err error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s is not a regular file: remove it", path)
	}
	f, err := os.Open(path) //nolint:gosec // in the folder that the user named
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	data := make([]byte, min(info.Size(), mostHeader))
	if _, err := io.ReadFull(f, data); err != nil {
		return nil, err
	}
	h, payload, err := cutHeader(data)
	if err != nil {
		return data, nil //nolint:nilerr // decodeFile says it
	}
	head := len(data) - len(payload)
	if got := info.Size() - int64(head); got != int64(h.Bytes) {
		return nil, fmt.Errorf("the snapshot is damaged: it has %d bytes instead of %d", got, h.Bytes)
	}
	whole := make([]byte, head+h.Bytes)
	copy(whole, data)
	_, err = io.ReadFull(f, whole[len(data):])
	return whole, err
}

// open is Open that learns the vectors in a file even if the rest is of no use.
func open(
	ctx context.Context, dir, fingerprint string, opts *Options, into material, then next, progress Progress,
) (*Snapshot, State, error) {
	path := filepath.Join(dir, fileName)
	data, err := readSnapshot(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, State{Kind: Missing, Reason: "there is no snapshot in " + dir}, nil
	case err != nil:
		return nil, State{Kind: Damaged, Reason: err.Error()}, nil
	}
	progress.step("opening", 0, 0)
	wanted := header{Program: program(), Options: opts.hash(), Embedder: opts.model(), Fingerprint: fingerprint, reader: opts.reader()}
	st, vectors, state := decodeFile(data, wanted)
	into.learn(vectors)
	if state.Kind != Usable {
		return nil, state, nil
	}
	progress.step("opening", 1, 0)
	into.model = st.Model
	s, err := build(ctx, st.Reading, fingerprint, opts, into, then, progress)
	if ctx.Err() != nil {
		return nil, state, ctx.Err()
	}
	if err != nil {
		return nil, State{Kind: Damaged, Reason: "the snapshot does not fit together: " + err.Error()}, nil
	}
	s.BuiltAt = st.BuiltAt
	return s, state, nil
}

// decodeFile decodes a file and judges whether it is the one wanted: of this program,
// these options and this fingerprint. Vectors of the embedder that is wanted are
// of use in any case.
func decodeFile(data []byte, want header) (*stored, embedded, State) {
	damaged := func(err error) (*stored, embedded, State) {
		return nil, embedded{}, State{Kind: Damaged, Reason: "the snapshot is damaged: " + err.Error()}
	}
	h, payload, err := parseHeader(data)
	if errors.Is(err, errVersion) {
		return nil, embedded{}, State{Kind: Stale, Reason: "the snapshot was written by another version of parley"}
	}
	if err != nil {
		return damaged(err)
	}
	parts, err := divide(payload)
	if err != nil {
		return damaged(err)
	}
	vectors, err := parts.embedded(h, want)
	if err != nil {
		return damaged(fmt.Errorf("decode vectors: %w", err))
	}
	reason := ""
	switch {
	case h.Program != want.Program:
		reason = "the snapshot was written by another version of parley"
	case h.Options != want.Options:
		reason = "the snapshot was made with other options"
	case h.Fingerprint != want.Fingerprint:
		reason = "the articles have changed since the snapshot was made"
	}
	if reason != "" {
		return nil, vectors, State{Kind: Stale, Reason: reason}
	}
	st, err := parts.decode()
	if err != nil {
		_, _, state := damaged(err)
		return nil, vectors, state
	}
	st.BuiltAt = h.BuiltAt
	return st, vectors, State{Kind: Usable}
}
