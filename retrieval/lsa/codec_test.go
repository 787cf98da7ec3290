package lsa

import (
	"bytes"
	"slices"
	"strings"
	"testing"
)

func TestLoadGivesTheModelBack(t *testing.T) {
	for n := range len(weather()) + 1 {
		fwd := analyze(t, weather()[:n]...)
		want, _ := fit(t, fwd, Options{})
		data, err := want.AppendBinary(nil)
		if err != nil {
			t.Fatal(err)
		}
		got, err := Load(fwd, data)
		if err != nil {
			t.Fatalf("%d articles: %v", n, err)
		}
		if got.dims != want.dims || !slices.Equal(got.col, want.col) || !slices.Equal(got.proj, want.proj) {
			t.Errorf("%d articles: got another model", n)
		}
	}
}

func TestLoadRefuses(t *testing.T) {
	fwd := analyze(t, weather()...)
	m, _ := fit(t, fwd, Options{})
	good, err := m.AppendBinary(nil)
	if err != nil {
		t.Fatal(err)
	}
	other, _ := fit(t, analyze(t, weather()[:5]...), Options{})
	foreign, err := other.AppendBinary(nil)
	if err != nil {
		t.Fatal(err)
	}
	edit := func(at int, to ...byte) []byte {
		b := bytes.Clone(good)
		copy(b[at:], to)
		return b
	}
	tests := []struct {
		name, want string
		data       []byte
	}{
		{"nothing", "cut short", nil},
		{"half", "do not hold", good[:len(good)/2]},
		{"a byte more", "do not hold", append(bytes.Clone(good), 0)},
		{"another corpus", "other terms", foreign},
		{"huge dimensions", "do not hold", edit(32, 255, 255, 255, 255)},
		{"huge columns", "do not hold", edit(36, 255, 255, 255, 127)},
		{"a column out of range", "has column", edit(40, 255, 255, 255, 127)},
		{"a value that is none", "not a number", edit(len(good)-4, 0, 0, 0xc0, 0x7f)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := Load(fwd, tt.data); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want an error with %q", err, tt.want)
			}
		})
	}
}

func FuzzLoad(f *testing.F) {
	fwd := analyze(f, weather()...)
	m, _ := fit(f, fwd, Options{})
	good, err := m.AppendBinary(nil)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	f.Add(good[:50])
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := Load(fwd, data)
		if err != nil {
			return
		}
		vecs, err := m.Passages(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for i, v := range vecs {
			if v != nil && len(v) != m.Dims() {
				t.Errorf("passage %d: got length %d, want %d", i, len(v), m.Dims())
			}
		}
	})
}
