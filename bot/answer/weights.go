package answer

// evidenceWeights rank sentences.
var evidenceWeights = [nFeatures]float64{fCoverage: 1.03, fContext: 3.6, fPassage: 4.86, fKind: 2.05, fDensity: 4.17, fLength: .7, fEarly: .95, fTopArticle: .9, fPassCov: 3.5, fNamesPlain: .22, fLexical: 1.23}

var confidenceWeights = [nSignals]float64{sCoverage: 1}

const confidenceBias = 0.0

// DefaultThreshold is the confidence below which the engine abstains.
const DefaultThreshold = 0.4
