//go:build !race

package cli

// raceDetector tells that everything takes ten times as long.
const raceDetector = false
