package kernel

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"math"
	"math/rand/v2"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"testing"
)

// Each kernel's results on fixed input, hashed: they must be the same on every
// machine, plain Go included, since vectors are kept in files. A change of these
// numbers makes those files stale.
func TestBitsAreThoseOfEveryMachine(t *testing.T) {
	want := map[string]string{
		"quantise":      "f72b7ddbdee1e79c",
		"gelu":          "5a69f78d3a07d3fb",
		"addNorm":       "7a6aef7819e282c4",
		"softmax":       "7edc5f209f0f3b37",
		"multiplyFloat": "3b8fb20cad9ca161",
		"multiply":      "466edb6708197636",
	}
	for _, p := range Paths() {
		for name, got := range fingerprints(p) {
			if got != want[name] {
				t.Errorf("%s, %s: got %s, want %s", p, name, got, want[name])
			}
		}
	}
}

// fingerprints avoids functions of package math whose results differ between
// machines.
func fingerprints(p Path) map[string]string {
	random := rand.New(rand.NewPCG(10, 10))
	floats := func(n int) []float32 {
		x := make([]float32, n)
		for i := range x {
			x[i] = float32(random.IntN(1<<24)-1<<23) / (1 << 20)
		}
		return x
	}
	prints := map[string]string{}
	take := func(name string, x []float32, more ...any) {
		h := fnv.New64a()
		for _, v := range x {
			_ = binary.Write(h, binary.LittleEndian, math.Float32bits(v))
		}
		fmt.Fprint(h, more...)
		prints[name] = fmt.Sprintf("%016x", h.Sum64())
	}

	x := floats(4096)
	bytes := make([]int8, len(x))
	row := p.Quantise(bytes, x)
	take("quantise", []float32{row.Scale}, row.Sum, bytes)
	p.GELU(x)
	take("gelu", x)
	x = floats(4 * 384)
	p.AddNorm(x, floats(4*384), floats(384), floats(384), 1e-12)
	take("addNorm", x)
	x = floats(512)
	p.Softmax(x, 501)
	take("softmax", x)
	x = make([]float32, 13*48)
	p.MultiplyFloat(Floats{x, 48}, Floats{floats(13 * 40), 40}, Floats{floats(40 * 48), 48}, 13, 48, 40, 0.17677669)
	take("multiplyFloat", x)

	product := newProduct(random, 384, 48, 17, func() int8 { return int8(random.IntN(255) - 127) })
	product.m.Scale, product.m.Bias = floats(48), floats(48)
	for i, scale := range floats(17) {
		product.rows[i].Scale = scale
	}
	take("multiply", product.by(p))
	return prints
}

func TestKernelsDoNotAllocate(t *testing.T) {
	const tokens, width = 37, 32
	product := newProduct(rand.New(rand.NewPCG(11, 11)), 64, 48, tokens, func() int8 { return 1 })
	dst, x := make([]float32, tokens*48), make([]float32, 64)
	qkv, square := Floats{make([]float32, tokens*width), width}, Floats{make([]float32, tokens*48), 48}
	for _, p := range Paths() {
		allocated := testing.AllocsPerRun(10, func() {
			product.rows[0] = p.Quantise(product.a[:64], x)
			p.Multiply(dst, product.m, product.a, product.rows)
			p.GELU(x)
			p.AddNorm(x, x, x, x, 1)
			p.Softmax(x, 33)
			p.Transpose(square, qkv, tokens, width)
			p.MultiplyFloat(square, qkv, Floats{dst, 48}, tokens, 48, width, 1)
		})
		if allocated != 0 {
			t.Errorf("%s allocates %g times", p, allocated)
		}
	}
}

func TestKernelsRefuseWhatDoesNotFit(t *testing.T) {
	x := make([]float32, 64)
	short, square := Floats{x[:20], 16}, Floats{x, 16}
	product := newProduct(rand.New(rand.NewPCG(12, 12)), 16, 16, 2, func() int8 { return 1 })
	for _, p := range Paths() {
		for name, call := range map[string]func(){
			"quantise, short":         func() { p.Quantise(make([]int8, 16), x) },
			"quantise, odd":           func() { p.Quantise(make([]int8, 64), x[:20]) },
			"gelu, odd":               func() { p.GELU(x[:20]) },
			"addNorm, residual":       func() { p.AddNorm(x[:32], x[:16], x[:16], x[:16], 1) },
			"addNorm, beta":           func() { p.AddNorm(x[:16], x[:16], x[:16], x[:8], 1) },
			"addNorm, no width":       func() { p.AddNorm(x[:16], x[:16], nil, nil, 1) },
			"addNorm, part of a row":  func() { p.AddNorm(x[:16], x[:16], x[:32], x[:32], 1) },
			"softmax, odd":            func() { p.Softmax(x[:20], 20) },
			"softmax, none":           func() { p.Softmax(x, 0) },
			"softmax, more":           func() { p.Softmax(x[:16], 17) },
			"multiplyFloat, odd":      func() { p.MultiplyFloat(square, square, square, 1, 20, 1, 1) },
			"multiplyFloat, dst":      func() { p.MultiplyFloat(short, square, square, 2, 16, 2, 1) },
			"multiplyFloat, a":        func() { p.MultiplyFloat(square, short, square, 2, 16, 16, 1) },
			"multiplyFloat, b":        func() { p.MultiplyFloat(square, square, short, 2, 16, 2, 1) },
			"multiplyFloat, stride":   func() { p.MultiplyFloat(square, square, square, 1, 32, 1, 1) },
			"transpose, odd":          func() { p.Transpose(square, square, 1, 8) },
			"transpose, source":       func() { p.Transpose(Floats{make([]float32, 256), 16}, short, 2, 16) },
			"transpose, destination":  func() { p.Transpose(square, square, 2, 16) },
			"multiply, destination":   func() { p.Multiply(x[:31], product.m, product.a, product.rows) },
			"multiply, bytes":         func() { p.Multiply(x, product.m, product.a[1:], product.rows) },
			"multiply, odd outputs":   func() { p.Multiply(x, &Matrix{16, 8, make([]byte, 128), x, x}, product.a, product.rows) },
			"multiply, no such scale": func() { p.Multiply(x, &Matrix{K: 16, N: 16, Weights: product.m.Weights}, product.a, product.rows) },
		} {
			if !panics(call) {
				t.Errorf("%s, %s: no panic", p, name)
			}
		}
	}
}

func panics(call func()) (panicked bool) {
	defer func() { panicked = recover() != nil }()
	call()
	return false
}

// FuzzPathsAgree takes floats from bytes, any but NaN and infinities.
func FuzzPathsAgree(f *testing.F) {
	f.Add([]byte("sixteen floats are what a vector holds, and these are some of them"), uint8(7))
	f.Add([]byte{0, 0, 0, 0x80, 0xff, 0xff, 0x7f, 0x7f, 0xff, 0xff, 0x7f, 0xff, 1, 0, 0, 0}, uint8(33))
	f.Add([]byte{0, 0, 0xae, 0x42, 0, 0, 0xae, 0xc2, 0, 0, 0, 0x3f, 0, 0, 0x20, 0x40}, uint8(80))
	f.Fuzz(func(t *testing.T, data []byte, length uint8) {
		n := int(length)%100 + 1
		x := make([]float32, padded(n))
		for i := range x {
			if len(data) < 4 {
				break
			}
			bits := binary.LittleEndian.Uint32(data[i*4%(len(data)-3):])
			if v := math.Float32frombits(bits); v-v == 0 {
				x[i] = v
			}
		}
		want := results(Path{}, x, n)
		for _, p := range Paths() {
			for name, got := range results(p, x, n) {
				same(t, fmt.Sprint(p, ", ", name), got, want[name])
			}
		}
	})
}

// results are what each kernel makes of x, but where that is not finite.
func results(p Path, x []float32, n int) map[string][]float32 {
	all := map[string][]float32{}
	keep := func(name string, got []float32) {
		if !slices.ContainsFunc(got, func(v float32) bool { return v-v != 0 }) {
			all[name] = got
		}
	}
	bytes := make([]int8, len(x))
	row := p.Quantise(bytes, x)
	quantised := []float32{row.Scale, float32(row.Sum)}
	for _, q := range bytes {
		quantised = append(quantised, float32(q))
	}
	keep("quantise", quantised)
	y := slices.Clone(x)
	p.GELU(y)
	keep("gelu", y)
	y = slices.Clone(x)
	p.Softmax(y, n)
	keep("softmax", y)
	y = slices.Clone(x)
	p.AddNorm(y, x, x, x, 1e-12)
	keep("addNorm", y)
	y = make([]float32, n*16)
	p.MultiplyFloat(Floats{y, 16}, Floats{x, 1}, Floats{x, 16}, n, 16, 1, 0.5)
	keep("multiplyFloat", y)
	return all
}

// TestNEON runs the tests for 64-bit ARM in an emulator.
func TestNEON(t *testing.T) {
	if testing.Short() || runtime.GOARCH == "arm64" {
		t.Skip("not for -short, nor on ARM itself")
	}
	emulator, err := exec.LookPath("qemu-aarch64")
	if err != nil {
		t.Skip("no qemu-aarch64 here (Debian's package qemu-user) to run ARM's instructions")
	}
	binary := filepath.Join(t.TempDir(), "kernel.test")
	build := exec.CommandContext(t.Context(), "go", "test", "-c", "-o", binary, ".")
	build.Env = append(build.Environ(), "GOARCH=arm64", "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("build for arm64: %v\n%s", err, out)
	}
	out, err := exec.CommandContext(t.Context(), emulator, "-cpu", "max", binary, "-test.v", "-test.run", "Agree|Bits|Rows").CombinedOutput()
	if err != nil {
		t.Fatalf("run on an emulated ARM: %v\n%s", err, out)
	}
	if !bytes.Contains(out, []byte("PASS: TestPathsAgreeOnMultiply/neon")) {
		t.Error("the emulated ARM has no dot products: NEON was not tested")
	}
}
