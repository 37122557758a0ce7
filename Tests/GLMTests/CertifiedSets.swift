/// A least-squares problem whose answer is certified.
///
/// Data and values of the Statistical Reference Datasets of NIST, linear regression:
/// https://www.itl.nist.gov/div898/strd/lls/lls.shtml. They have 15 digits, all of which exact
/// rational arithmetic on the same data gives again.
struct CertifiedSet: CustomStringConvertible {
  /// The set's name at NIST.
  let description: String

  /// The regressors, the constant first where there is one.
  let columns: [[Double]]

  /// What they are fitted to.
  let response: [Double]

  /// The certified estimates, one per regressor.
  let effects: [Double]

  /// The roots of (*X*'*X*)⁻¹'s diagonal: certified standard errors over the certified deviation.
  let errorUnits: [Double]

  /// The certified standard deviation of the residuals.
  let deviation: Double

  /// The certified F of all regressors but the constant.
  let f: Double

  /// Whether the first regressor is the constant.
  var hasConstant: Bool { columns[0].allSatisfy { $0 == 1 } }
}

extension CertifiedSet {
  static let all = [longley, filip] + wampler + [noConstant1, noConstant2]

  /// One regressor and no constant, far from the origin.
  private static let noConstant1 = CertifiedSet(
    description: "NoInt1",
    columns: [(60...70).map(Double.init)],
    response: (130...140).map(Double.init),
    effects: [2.07438016528926],
    errorUnits: [0.165289256198347e-1 / 3.56753034006338],
    deviation: 3.56753034006338,
    f: 15750.25
  )

  /// One regressor and no constant, three rows.
  private static let noConstant2 = CertifiedSet(
    description: "NoInt2",
    columns: [[4, 5, 6]],
    response: [3, 4, 4],
    effects: [0.727272727272727],
    errorUnits: [0.420827318078432e-1 / 0.369274472937998],
    deviation: 0.369274472937998,
    f: 298.666666666667
  )

  /// Sixteen years, six nearly collinear regressors.
  private static let longley = CertifiedSet(
    description: "Longley",
    columns: (0..<7).map { column in
      longleyRows.map { column == 0 ? 1 : $0[column] }
    },
    response: longleyRows.map { $0[0] },
    effects: [
      -3482258.63459582, 15.0618722713733, -0.358191792925910e-1, -2.02022980381683,
      -1.03322686717359, -0.511041056535807e-1, 1829.15146461355,
    ],
    errorUnits: [
      890420.383607373, 84.9149257747669, 0.334910077722432e-1, 0.488399681651699,
      0.214274163161675, 0.226073200069370, 455.478499142212,
    ].map { $0 / 304.854073561965 },
    deviation: 304.854073561965,
    f: 330.285339234588
  )

  /// A polynomial of degree 10 whose columns are parallel to 1e-9.
  private static let filip = CertifiedSet(
    description: "Filip",
    columns: powers(of: filipX, upTo: 10),
    response: filipY,
    effects: [
      -1467.48961422980, -2772.17959193342, -2316.37108160893, -1127.97394098372,
      -354.478233703349, -75.1242017393757, -10.8753180355343, -1.06221498588947,
      -0.670191154593408e-1, -0.246781078275479e-2, -0.402962525080404e-4,
    ],
    errorUnits: [
      298.084530995537, 559.779865474950, 466.477572127796, 227.204274477751, 71.6478660875927,
      15.2897178747400, 2.23691159816033, 0.221624321934227, 0.142363763154724e-1,
      0.535617408889821e-3, 0.896632837373868e-5,
    ].map { $0 / 0.334801051324544e-2 },
    deviation: 0.334801051324544e-2,
    f: 2162.43954511489
  )

  /// Polynomials of degree 5 from 0 to 20: exact, exact with decimals, and with ever larger residuals.
  private static let wampler: [CertifiedSet] = (1...5).map { number in
    let x = (0...20).map(Double.init)
    let polynomial = x.map { 1 + $0 * (1 + $0 * (1 + $0 * (1 + $0 * (1 + $0)))) }
    // Hundred-thousandths, so that only the last division rounds.
    let decimal = x.map {
      (1e5 + $0 * (1e4 + $0 * (1e3 + $0 * (100 + $0 * (10 + $0))))) / 1e5
    }
    let factor = [0, 0, 1, 100, 10_000][number - 1]
    return CertifiedSet(
      description: "Wampler\(number)",
      columns: powers(of: x, upTo: 5),
      response: number == 2
        ? decimal : zip(polynomial, wamplerResiduals).map { $0 + Double(factor) * $1 },
      effects: number == 2 ? [1, 0.1, 0.01, 1e-3, 1e-4, 1e-5] : [1, 1, 1, 1, 1, 1],
      errorUnits: [
        2152.32624678170, 2363.55173469681, 779.343524331583, 101.475507550350, 5.64566512170752,
        0.112324854679312,
      ].map { $0 / 2360.14502379268 },
      deviation: Double(factor) * 2360.14502379268,
      f: [.infinity, .infinity, 675524.458240122, 67.5524458240122, 0.675524458240122e-2][
        number - 1
      ]
    )
  }
}

/// Returns the columns 1, x, x², ...
private func powers(of x: [Double], upTo degree: Int) -> [[Double]] {
  var columns = [x.map { _ in 1.0 }]
  for _ in 0..<degree {
    columns.append(zip(x, columns[columns.count - 1]).map { $0 * $1 })
  }
  return columns
}

private let wamplerResiduals: [Double] = [
  759, -2048, 2048, -2048, 2523, -2048, 2048, -2048, 1838, -2048, 2048, -2048, 1838, -2048, 2048,
  -2048, 2523, -2048, 2048, -2048, 759,
]

/// The response, then the regressors.
private let longleyRows: [[Double]] = [
  [60323, 83.0, 234289, 2356, 1590, 107608, 1947],
  [61122, 88.5, 259426, 2325, 1456, 108632, 1948],
  [60171, 88.2, 258054, 3682, 1616, 109773, 1949],
  [61187, 89.5, 284599, 3351, 1650, 110929, 1950],
  [63221, 96.2, 328975, 2099, 3099, 112075, 1951],
  [63639, 98.1, 346999, 1932, 3594, 113270, 1952],
  [64989, 99.0, 365385, 1870, 3547, 115094, 1953],
  [63761, 100.0, 363112, 3578, 3350, 116219, 1954],
  [66019, 101.2, 397469, 2904, 3048, 117388, 1955],
  [67857, 104.6, 419180, 2822, 2857, 118734, 1956],
  [68169, 108.4, 442769, 2936, 2798, 120445, 1957],
  [66513, 110.8, 444546, 4681, 2637, 121950, 1958],
  [68655, 112.6, 482704, 3813, 2552, 123366, 1959],
  [69564, 114.2, 502601, 3931, 2514, 125368, 1960],
  [69331, 115.7, 518173, 4806, 2572, 127852, 1961],
  [70551, 116.9, 554894, 4007, 2827, 130081, 1962],
]

private let filipX = [
  -6.860120914, -4.324130045, -4.358625055, -4.358426747, -6.955852379, -6.661145254, -6.355462942,
  -6.118102026, -7.115148017, -6.815308569, -6.519993057, -6.204119983, -5.853871964, -6.109523091,
  -5.79832982, -5.482672118, -5.171791386, -4.851705903, -4.517126416, -4.143573228, -3.709075441,
  -3.499489089, -6.300769497, -5.953504836, -5.642065153, -5.031376979, -4.680685696, -4.329846955,
  -3.928486195, -8.56735134, -8.363211311, -8.107682739, -7.823908741, -7.522878745, -7.218819279,
  -6.920818754, -6.628932138, -6.323946875, -5.991399828, -8.781464495, -8.663140179, -8.473531488,
  -8.247337057, -7.971428747, -7.676129393, -7.352812702, -7.072065318, -6.774174009, -6.478861916,
  -6.159517513, -6.835647144, -6.53165267, -6.224098421, -5.910094889, -5.598599459, -5.290645224,
  -4.974284616, -4.64454848, -4.290560426, -3.885055584, -3.408378962, -3.13200249, -8.726767166,
  -8.66695597, -8.511026475, -8.165388579, -7.886056648, -7.588043762, -7.283412422, -6.995678626,
  -6.691862621, -6.392544977, -6.067374056, -6.684029655, -6.378719832, -6.065855188, -5.752272167,
  -5.132414673, -4.811352704, -4.098269308, -3.66174277, -3.2644011,
]

private let filipY = [
  0.8116, 0.9072, 0.9052, 0.9039, 0.8053, 0.8377, 0.8667, 0.8809, 0.7975, 0.8162, 0.8515, 0.8766,
  0.8885, 0.8859, 0.8959, 0.8913, 0.8959, 0.8971, 0.9021, 0.909, 0.9139, 0.9199, 0.8692, 0.8872,
  0.89, 0.891, 0.8977, 0.9035, 0.9078, 0.7675, 0.7705, 0.7713, 0.7736, 0.7775, 0.7841, 0.7971,
  0.8329, 0.8641, 0.8804, 0.7668, 0.7633, 0.7678, 0.7697, 0.77, 0.7749, 0.7796, 0.7897, 0.8131,
  0.8498, 0.8741, 0.8061, 0.846, 0.8751, 0.8856, 0.8919, 0.8934, 0.894, 0.8957, 0.9047, 0.9129,
  0.9209, 0.9219, 0.7739, 0.7681, 0.7665, 0.7703, 0.7702, 0.7761, 0.7809, 0.7961, 0.8253, 0.8602,
  0.8809, 0.8301, 0.8664, 0.8834, 0.8898, 0.8964, 0.8963, 0.9074, 0.9119, 0.9228,
]
