package library

import (
	"errors"
	"os"
	"syscall"
	"testing"

	"parley/retrieval/retrievaltest"
)

// TestFullDisk guards that a disk without room is said to be, that the snapshot of
// before stays whole, and that nothing of the new one stays behind.
func TestFullDisk(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=256k"); err != nil {
		t.Skipf("a small disk cannot be made here: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, 0); err != nil {
			t.Error(err)
		}
	})
	small := mustBuild(t, reading(retrievaltest.Articles(2)...), Options{})
	if err := Save(dir, small); err != nil {
		t.Fatal(err)
	}
	large := mustBuild(t, reading(retrievaltest.Articles(400)...), Options{Weights: Weights{Words: 1}})
	if err := Save(dir, large); !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("got %v, want %v", err, syscall.ENOSPC)
	}
	if left := temporaries(t, dir); len(left) != 0 {
		t.Errorf("leaves %v", left)
	}
	if _, state, err := Open(t.Context(), dir, small.Fingerprint, Options{}, nil); err != nil || state.Kind != Usable {
		t.Errorf("the one of before: got %+v, error %v", state, err)
	}
	if err := os.WriteFile(dir+"/filler", make([]byte, 1<<20), 0o600); !errors.Is(err, syscall.ENOSPC) {
		t.Fatalf("got %v", err)
	}
	if err := Probe(dir); !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("probe: got %v, want %v", err, syscall.ENOSPC)
	}
}
