package library

import (
	"context"
	"errors"
	"fmt"
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

	vectors vectorsByText // that are of use even so
}

// Save writes what is needed to make the snapshot again to a file in dir, which
// it makes if need be. Whoever reads finds either the old file or the new one
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
	return nil
}

// replace writes a file by way of a temporary one beside it.
func replace(path string, data []byte) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), ".snapshot-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(f.Name()))
		}
	}()
	_, err = f.Write(data)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	if err = os.Rename(f.Name(), path); err != nil {
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
// says why. The error is for work that failed on sound data: a cancelled
// context or an embedder.
func Open(ctx context.Context, dir, fingerprint string, opts Options, progress Progress) (*Snapshot, State, error) {
	path := filepath.Join(dir, fileName)
	data, err := os.ReadFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, State{Kind: Missing, Reason: "there is no snapshot in " + dir}, nil
	case err != nil:
		return nil, State{Kind: Damaged, Reason: err.Error()}, nil
	}
	progress.step("opening", 0, 0)
	st, state := read(data, header{Program: program(), Options: opts.hash(), Fingerprint: fingerprint})
	if state.Kind != Usable {
		return nil, state, nil
	}
	progress.step("opening", 1, 0)
	s, err := build(ctx, st.Reading, fingerprint, opts, material{model: st.Model, known: st.vectors}, progress)
	if ctx.Err() != nil {
		return nil, state, ctx.Err()
	}
	if err != nil {
		return nil, State{Kind: Damaged, Reason: "the snapshot does not fit together: " + err.Error()}, nil
	}
	s.BuiltAt = st.BuiltAt
	return s, state, nil
}

// read decodes a file and judges whether it is the one wanted: of this program,
// these options and this fingerprint.
func read(data []byte, want header) (*stored, State) {
	h, payload, err := parseHeader(data, want.Program)
	switch {
	case errors.Is(err, errVersion):
		return nil, State{Kind: Stale, Reason: "the snapshot was written by another version of parley"}
	case err != nil:
		return nil, State{Kind: Damaged, Reason: "the snapshot is damaged: " + err.Error()}
	case h.Options != want.Options:
		return nil, State{Kind: Stale, Reason: "the snapshot was made with other options"}
	}
	st, err := decode(payload)
	if err != nil {
		return nil, State{Kind: Damaged, Reason: "the snapshot is damaged: " + err.Error()}
	}
	st.BuiltAt = h.BuiltAt
	if h.Fingerprint != want.Fingerprint {
		return nil, State{Kind: Stale, Reason: "the articles have changed since the snapshot was made", vectors: st.vectors}
	}
	return st, State{Kind: Usable}
}
