//go:build (amd64 || arm64) && !purego

package kernel

// tiles are count tiles of height rows each, from row on.
type tiles struct{ row, height, count int }

// tilesOf cuts rows into as few tiles of at most highest rows as there can be,
// whose heights differ by one at most.
func tilesOf(rows, highest int) [2]tiles {
	count := (rows + highest - 1) / highest
	height, higher := rows/count, rows%count
	return [2]tiles{
		{row: 0, height: height + 1, count: higher},
		{row: higher * (height + 1), height: height, count: count - higher},
	}
}

// rowOf returns a row with the given largest magnitude, and what to multiply
// its values by.
func rowOf(largest float32) (row Row, inverse float32) {
	if largest <= tiny {
		return Row{}, 0
	}
	return Row{Scale: largest / 127}, 127 / largest
}
